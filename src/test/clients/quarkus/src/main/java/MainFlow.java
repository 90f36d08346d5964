import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.RestClientBuilder;

import client.api.ImagesApi;
import client.api.JobsApi;
import client.model.Gallery;
import client.model.Job;
import client.model.JobAccepted;
import client.model.Problem;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The main flow against $BASE, and against a later version at $FUTURE. */
@QuarkusMain
public class MainFlow implements QuarkusApplication {
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED");
    private static final String DRAFT = "rainy-day";

    private ImagesApi images;
    private JobsApi jobs;
    private String tag;

    @Override
    public int run(String... args) {
        use(System.getenv("BASE"));
        generate();
        use(System.getenv("FUTURE"));
        readLaterVersion();
        System.out.println("ok Quarkus");
        return 0;
    }

    private void use(String base) {
        RestClientBuilder client = RestClientBuilder.newBuilder().baseUri(URI.create(base));
        images = client.build(ImagesApi.class);
        jobs = client.build(JobsApi.class);
    }

    private void generate() {
        images.deleteImages(DRAFT).close();
        String key = UUID.randomUUID().toString();
        UUID jobId = images.generateImages(DRAFT, null, key).readEntity(JobAccepted.class).getJobId();
        expect(jobId, images.generateImages(DRAFT, null, key).readEntity(JobAccepted.class).getJobId());

        Job job = waitFor(jobId);
        expect("COMPLETED", job.getStatus());
        expect(304, jobs.getJob(jobId, tag, null).getStatus());
        for (URI url : job.getImageUrls().values()) {
            String file = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
            Response picture = images.getFile(file, null, null, null, null);
            expect(true, Set.of("PNG", "svg").contains(picture.readEntity(String.class).substring(1, 4)));
        }

        expect("CONTENT_006", problem(422, () -> images.generateImages("burger-anniversary", null, key)).getCode());
        expect("CONTENT_002", problem(404, () -> jobs.getJob(UUID.randomUUID(), null, null)).getCode());
    }

    private Job waitFor(UUID jobId) {
        Job job = null;
        while (job == null || !ENDED.contains(job.getStatus())) {
            Response answer = jobs.getJob(jobId, tag, tag == null ? null : "wait=25");
            job = answer.getStatus() == 304 ? job : answer.readEntity(Job.class);
            tag = answer.getHeaderString("ETag");
        }
        return job;
    }

    private void readLaterVersion() {
        Job job = jobs.getJob(UUID.randomUUID(), null, null).readEntity(Job.class);
        expect("ARCHIVED", job.getStatus());
        expect(List.of("cubist", "simple"), job.getStyles().stream().map(style -> style.getStyle()).toList());
        expect("OUT_OF_PAINT", job.getStyles().get(1).getError().getCode());
        expect(Set.of("cubist"), job.getImageUrls().keySet());
        expect("cubist", images.getImages(DRAFT).readEntity(Gallery.class).getImages().get(0).getStyle());
        expect("CONTENT_099", problem(409, () -> jobs.cancelJob(UUID.randomUUID())).getCode());
    }

    private static Problem problem(int status, Supplier<Response> call) {
        try {
            throw new AssertionError("no failure, but " + call.get().getStatus());
        } catch (WebApplicationException e) {
            expect(status, e.getResponse().getStatus());
            return e.getResponse().readEntity(Problem.class);
        }
    }

    private static void expect(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }
}
