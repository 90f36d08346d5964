import client.apis.ImagesApi
import client.apis.JobsApi
import client.infrastructure.ClientException
import client.infrastructure.Serializer
import client.infrastructure.Success
import client.models.Job
import client.models.Problem
import java.util.UUID
import kotlin.system.exitProcess

private val ENDED = setOf("COMPLETED", "FAILED", "CANCELLED")
private const val DRAFT = "rainy-day"

/** The main flow against $BASE, and against a later version at $FUTURE. */
fun main() {
    run(ImagesApi(System.getenv("BASE")), JobsApi(System.getenv("BASE")))
    readLaterVersion(ImagesApi(System.getenv("FUTURE")), JobsApi(System.getenv("FUTURE")))
    println("ok kotlin")
    exitProcess(0) // OkHttp's threads would go on for a minute
}

private fun run(images: ImagesApi, jobs: JobsApi) {
    images.deleteImages(DRAFT)
    val key = UUID.randomUUID().toString()
    val jobId = images.generateImages(DRAFT, idempotencyKey = key).jobId
    expect(jobId, images.generateImages(DRAFT, idempotencyKey = key).jobId)

    val (job, tag) = waitFor(jobs, jobId)
    expect("COMPLETED", job.status)
    expect(304, jobs.getJobWithHttpInfo(jobId, tag, null).statusCode)
    for (url in job.imageUrls.values) {
        val picture = images.getFile(url.toString().substringAfterLast('/'))
        expect(true, picture.readText().substring(1, 4) in setOf("PNG", "svg"))
    }

    expect("CONTENT_006", problem(422) { images.generateImages("burger-anniversary", idempotencyKey = key) }.code)
    expect("CONTENT_002", problem(404) { jobs.getJob(UUID.randomUUID()) }.code)
}

/** Without WithHttpInfo, a 304 is thrown. */
private fun waitFor(jobs: JobsApi, jobId: UUID): Pair<Job, String?> {
    var job: Job? = null
    var tag: String? = null
    while (job == null || job.status !in ENDED) {
        val answer = jobs.getJobWithHttpInfo(jobId, tag, tag?.let { "wait=25" })
        if (answer is Success) job = answer.data else expect(304, answer.statusCode)
        tag = answer.headers["etag"]?.first()
    }
    return Pair(job, tag)
}

private fun readLaterVersion(images: ImagesApi, jobs: JobsApi) {
    val job = jobs.getJob(UUID.randomUUID())
    expect("ARCHIVED", job.status)
    expect(listOf("cubist", "simple"), job.styles.map { it.style })
    expect("OUT_OF_PAINT", job.styles[1].error?.code)
    expect(setOf("cubist"), job.imageUrls.keys)
    expect("cubist", images.getImages(DRAFT).images[0].style)
    expect("CONTENT_099", problem(409) { jobs.cancelJob(UUID.randomUUID()) }.code)
}

private fun problem(status: Int, call: () -> Unit): Problem {
    try {
        call()
    } catch (e: ClientException) {
        expect(status, e.statusCode)
        val body = (e.response as client.infrastructure.ClientError<*>).body
        return Serializer.moshi.adapter(Problem::class.java).fromJson(body as String)!!
    }
    throw AssertionError("no failure")
}

private fun expect(expected: Any?, actual: Any?) {
    if (expected != actual) throw AssertionError("expected $expected, got $actual")
}
