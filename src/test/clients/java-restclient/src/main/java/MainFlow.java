import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.Set;
import java.util.UUID;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClientResponseException;

import client.ApiClient;
import client.api.ImagesApi;
import client.api.JobsApi;
import client.model.Job;
import client.model.Problem;

/** The main flow against $BASE, and against a later version at $FUTURE. */
public class MainFlow {
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED");
    private static final String DRAFT = "rainy-day";

    private final ImagesApi images;
    private final JobsApi jobs;
    private String tag;

    private MainFlow(String base) {
        ApiClient client = new ApiClient();
        client.setBasePath(base);
        images = new ImagesApi(client);
        jobs = new JobsApi(client);
    }

    public static void main(String... args) throws Exception {
        new MainFlow(System.getenv("BASE")).run();
        new MainFlow(System.getenv("FUTURE")).readLaterVersion();
        System.out.println("ok java with library restclient");
    }

    private void run() throws Exception {
        images.deleteImages(DRAFT);
        String key = UUID.randomUUID().toString();
        UUID jobId = images.generateImages(DRAFT, null, key).getJobId();
        expect(jobId, images.generateImages(DRAFT, null, key).getJobId());

        Job job = waitFor(jobId);
        expect("COMPLETED", job.getStatus());
        expect(true, jobs.followJob(jobId, null).contains("COMPLETED"));
        expect(HttpStatus.NOT_MODIFIED, jobs.getJobWithHttpInfo(jobId, tag, null).getStatusCode());
        for (String url : job.getImageUrls().values().stream().map(Object::toString).toList()) {
            String name = url.substring(url.lastIndexOf('/') + 1);
            Resource picture = images.getFile(name, null, null, null, null);
            expect(true, Set.of("PNG", "svg").contains(picture.getContentAsString(UTF_8).substring(1, 4)));
        }

        expect("CONTENT_006", problem(422, () -> images.generateImages("burger-anniversary", null, key)).getCode());
        expect("CONTENT_002", problem(404, () -> jobs.getJob(UUID.randomUUID(), null, null)).getCode());
    }

    /** A 304 is an answer without a body, and no failure. */
    private Job waitFor(UUID jobId) {
        Job job = null;
        while (job == null || !ENDED.contains(job.getStatus())) {
            var answer = jobs.getJobWithHttpInfo(jobId, tag, tag == null ? null : "wait=25");
            job = answer.getStatusCode() == HttpStatus.NOT_MODIFIED ? job : answer.getBody();
            tag = answer.getHeaders().getETag();
        }
        return job;
    }

    private void readLaterVersion() throws Exception {
        UUID jobId = UUID.randomUUID();
        Job job = jobs.getJob(jobId, null, null);
        expect("ARCHIVED", job.getStatus());
        expect("cubist,simple", job.getStyles().stream().map(style -> style.getStyle()).collect(joining(",")));
        expect("OUT_OF_PAINT", job.getStyles().get(1).getError().getCode());
        expect(Set.of("cubist"), job.getImageUrls().keySet());
        expect("cubist", images.getImages(DRAFT).getImages().get(0).getStyle());
        expect("CONTENT_099", problem(409, () -> jobs.cancelJob(jobId)).getCode());
    }

    private static Problem problem(int status, Runnable call) {
        try {
            call.run();
        } catch (RestClientResponseException e) {
            expect(status, e.getStatusCode().value());
            return e.getResponseBodyAs(Problem.class);
        }
        throw new AssertionError("no failure");
    }

    private static void expect(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }
}
