"""The main flow against $BASE, and against a later version at $FUTURE."""
import os
import uuid

from client import ApiClient, ApiException, Configuration, ImagesApi, Job, JobsApi, Problem

ENDED = {"COMPLETED", "FAILED", "CANCELLED"}
DRAFT = "rainy-day"


def service(base: str) -> tuple[ImagesApi, JobsApi]:
    client = ApiClient(Configuration(host=base))
    return ImagesApi(client), JobsApi(client)


def run(images: ImagesApi, jobs: JobsApi) -> None:
    images.delete_images(DRAFT)
    key = str(uuid.uuid4())
    job_id = images.generate_images(DRAFT, idempotency_key=key).job_id
    assert images.generate_images(DRAFT, idempotency_key=key).job_id == job_id

    job, tag = wait_for(jobs, job_id)
    assert job.status == "COMPLETED", job
    assert failure(lambda: jobs.get_job(job_id, if_none_match=tag)).status == 304
    for url in job.image_urls.values():
        assert images.get_file(url.rpartition("/")[2])[1:4] in (b"PNG", b"svg")

    # Without the header it accepts problems only. read() waits for the end; stream() gives the events as they come.
    stream = jobs.follow_job_without_preload_content(job_id, _headers={"Accept": "text/event-stream"})
    events = stream.read().decode()
    assert '"status":"COMPLETED"' in events.rpartition("data:")[2], events

    reused = failure(lambda: images.generate_images("burger-anniversary", idempotency_key=key))
    assert (reused.status, problem(reused).code) == (422, "CONTENT_006")
    unknown = failure(lambda: jobs.get_job(uuid.uuid4()))
    assert (unknown.status, problem(unknown).code) == (404, "CONTENT_002")


def wait_for(jobs: JobsApi, job_id: uuid.UUID) -> tuple[Job, str]:
    """The job as it ended, and its ETag. A 304 is an exception."""
    answer = jobs.get_job_with_http_info(job_id)
    while answer.data.status not in ENDED:
        tag = answer.headers["ETag"]
        try:
            answer = jobs.get_job_with_http_info(job_id, if_none_match=tag, prefer="wait=25")
        except ApiException as e:
            assert e.status == 304, e
    return answer.data, answer.headers["ETag"]


def read_later_version(images: ImagesApi, jobs: JobsApi) -> None:
    job = jobs.get_job(uuid.uuid4())
    assert job.status == "ARCHIVED"
    assert [style.style for style in job.styles] == ["cubist", "simple"]
    assert job.styles[1].error.code == "OUT_OF_PAINT"
    assert list(job.image_urls) == ["cubist"]
    assert images.get_images(DRAFT).images[0].style == "cubist"
    assert problem(failure(lambda: jobs.cancel_job(uuid.uuid4()))).code == "CONTENT_099"


def problem(failure: ApiException) -> Problem:
    assert isinstance(failure.data, Problem), failure
    return failure.data


def failure(call) -> ApiException:
    try:
        call()
    except ApiException as e:
        return e
    raise AssertionError("no failure")


run(*service(os.environ["BASE"]))
read_later_version(*service(os.environ["FUTURE"]))
print("ok python")
