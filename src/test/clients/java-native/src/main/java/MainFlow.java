import static java.util.stream.Collectors.joining;

import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import client.ApiClient;
import client.ApiException;
import client.api.ImagesApi;
import client.api.JobsApi;
import client.model.Job;
import client.model.Problem;

/** The main flow against $BASE, and against a later version at $FUTURE. */
public class MainFlow {
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED");
    private static final String DRAFT = "rainy-day";

    private final ApiClient client;
    private final ImagesApi images;
    private final JobsApi jobs;
    private String tag;

    private MainFlow(String base) {
        client = new ApiClient();
        client.updateBaseUri(base);
        images = new ImagesApi(client);
        jobs = new JobsApi(client);
    }

    public static void main(String... args) throws Exception {
        new MainFlow(System.getenv("BASE")).run();
        new MainFlow(System.getenv("FUTURE")).readLaterVersion();
        System.out.println("ok java with library native");
    }

    private void run() throws Exception {
        images.deleteImages(DRAFT);
        String key = UUID.randomUUID().toString();
        UUID jobId = images.generateImages(DRAFT, null, key).getJobId();
        expect(jobId, images.generateImages(DRAFT, null, key).getJobId());

        Job job = waitFor(jobId);
        expect("COMPLETED", job.getStatus());
        expect(304, failure(() -> jobs.getJob(jobId, tag, null)).getCode());
        for (String url : job.getImageUrls().values().stream().map(Object::toString).toList()) {
            String name = url.substring(url.lastIndexOf('/') + 1);
            File picture = images.getFile(name, null, null, null, null);
            expect(true, Set.of("PNG", "svg").contains(new String(Files.readAllBytes(picture.toPath()), 1, 3)));
        }

        expect("CONTENT_006", problem(422, () -> images.generateImages("burger-anniversary", null, key)).getCode());
        expect("CONTENT_002", problem(404, () -> jobs.getJob(UUID.randomUUID(), null, null)).getCode());
    }

    /** The client throws every status other than 2xx, including 304. */
    private Job waitFor(UUID jobId) throws ApiException {
        Job job = null;
        while (job == null || !ENDED.contains(job.getStatus())) {
            try {
                var answer = jobs.getJobWithHttpInfo(jobId, tag, tag == null ? null : "wait=25");
                job = answer.getData();
                tag = header(answer.getHeaders(), "etag");
            } catch (ApiException e) {
                expect(304, e.getCode());
            }
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

    private Problem problem(int status, Call call) throws Exception {
        ApiException failure = failure(call);
        expect(status, failure.getCode());
        return client.getObjectMapper().readValue(failure.getResponseBody(), Problem.class);
    }

    private static ApiException failure(Call call) throws Exception {
        try {
            call.run();
        } catch (ApiException e) {
            return e;
        }
        throw new AssertionError("no failure");
    }

    private static String header(Map<String, List<String>> headers, String name) {
        return headers.get(name).get(0);
    }

    private static void expect(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private interface Call {
        void run() throws Exception;
    }
}
