package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.kt.event.content.S3Server;
import com.kt.event.content.faults.Provider.Answer;

/** A store that is full or gone loses no image: paid images wait, and no more calls are made. */
@Tag("faults")
class FullStoreIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Platform platform = new Platform();

    @Test
    void makesNoCallsWhileS3IsAway() {
        S3Server s3 = platform.closesAtEnd(new S3Server()).start();
        ServiceProcess service = platform.startService("service", Platform.flat(s3.settings()));

        losesNothing(service, s3::kill, s3::start);
    }

    @Test
    void makesNoCallsWhileTheDirectoryIsGone() throws IOException {
        Assumptions.assumeFalse(TestStore.IS_S3, "there is a directory");
        ServiceProcess service = platform.startService("service");
        Path aside = platform.images().resolveSibling("aside");

        losesNothing(service, () -> move(platform.images(), aside), () -> move(aside, platform.images()));
    }

    @Test
    void makesNoCallsWhileTheDiskIsFull() {
        onASmallDisk(images -> {
            Path large = images.resolve("large");
            ServiceProcess service = platform.startService("service");

            losesNothing(service, () -> fill(large), () -> delete(large));

            assertThat(names(images)).as("no part is left").allMatch(name -> name.endsWith(".png"))
                    .hasSameSizeAs(platform.provider().calls());
        });
    }

    @Test
    void makesARenditionAsSoonAsTheDiskHasRoom() {
        onASmallDisk(images -> {
            Path large = images.resolve("large");
            ServiceProcess service = platform.startService("service");
            AcceptedJob job = platform.accept(service);
            job.endsAs("COMPLETED", SOON, service);
            String image = URI.create(job.style("simple", service).path("imageUrl").asText()).getPath();
            String rendition = image.replace(".png", ".instagram.jpg");
            fill(large);

            assertThat(service.get(rendition).statusCode()).isEqualTo(503);
            assertThat(service.get(image).statusCode()).isEqualTo(200);

            assertThat(names(images)).as("no part is left")
                    .allMatch(name -> name.endsWith(".png") || name.equals("large"));
            delete(large);
            await().atMost(SOON).until(() -> service.get(rendition).statusCode() == 200);
        });
    }

    /** The image store is a disk of two megabytes. */
    private void onASmallDisk(Consumer<Path> test) {
        Assumptions.assumeFalse(TestStore.IS_S3, "there is a directory");
        Path images = platform.images();
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", images.toString()) == 0,
                "mounts need root");
        try {
            test.accept(images);
        } finally {
            run("umount", "--lazy", images.toString());
        }
    }

    private void losesNothing(ServiceProcess service, Runnable breaks, Runnable heals) {
        CompletableFuture<Void> broken = new CompletableFuture<>();
        platform.provider().answers(call -> Answer.image(call).when(broken));
        List<AcceptedJob> jobs = new ArrayList<>(List.of(platform.accept(service)));
        await().atMost(SOON).until(() -> platform.provider().calls(jobs.get(0).draft()).size() == 3);

        breaks.run();
        await().atMost(SOON).until(() -> service.health("ready") == 503);
        int inFlight = platform.provider().calls().size();
        broken.complete(null);
        IntStream.range(0, 20).forEach(i -> jobs.add(platform.accept(service)));
        await().atMost(SOON).until(() -> service.metric("content_pictures_unkept") == inFlight);

        HttpResponse<String> ready = service.get("/q/health/ready");
        assertThat(ready.body()).contains("picture store", "reason");
        assertThat(service.health("live")).isEqualTo(200);
        assertThat(service.metric("content_store_writable")).isZero();
        assertThat(platform.provider().calls()).as("calls that were in flight when it broke")
                .hasSize(inFlight);
        assertThat(jobs).noneMatch(job -> job.status(service).equals("FAILED"));

        heals.run();
        jobs.forEach(job -> job.endsAs("COMPLETED", SOON, service));
        jobs.forEach(job -> job.hasItsImages(service));
        jobs.forEach(job -> job.wasPaidOnceOrSaysSo(service));
        await().atMost(SOON).until(() -> service.health("ready") == 200);
        platform.awaitEmptyQueue();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
