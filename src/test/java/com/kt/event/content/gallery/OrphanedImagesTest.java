package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Images that no draft and no job names. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class OrphanedImagesTest extends GallerySuite {
    private static final Duration OLD = Duration.ofHours(3);

    /** The image store's directory. */
    Path images;

    @Inject
    OrphanedImages orphanedImages;

    @Inject
    ImageFiles files;

    @Inject
    GoneImages goneImages;

    @Inject
    ImageStore store;

    @Inject
    StoredRenditions renditions;

    private final String job = UUID.randomUUID().toString();

    @BeforeEach
    void empty() throws IOException {
        redis.flushall();
        deleteFiles();
    }

    @AfterEach
    void deleteFiles() throws IOException {
        try (var all = Files.list(images)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Test
    void countsWhatNothingNames() throws IOException {
        put("simple", OLD);
        put("fancy", OLD);

        assertThat(orphanedImages.count()).isEqualTo(2);
    }

    @Test
    void leavesAloneWhatADraftHas() throws IOException {
        publish(Style.SIMPLE, job, put("simple", OLD));

        assertThat(orphanedImages.count()).isZero();
    }

    @Test
    void leavesAloneWhatWasReplacedOrCameTooLate() throws IOException {
        String newer = UUID.randomUUID().toString();
        publish(Style.SIMPLE, job, put("simple", OLD));
        publish(Style.SIMPLE, newer, put(newer, "simple", OLD), Instant.now().plusSeconds(1));
        String older = UUID.randomUUID().toString();
        publish(Style.SIMPLE, older, put(older, "simple", OLD));

        assertThat(orphanedImages.count()).isZero();
        get(at(Instant.now()).remove(draft, EnumSet.allOf(Style.class)));
        assertThat(orphanedImages.count()).as("the deleted one would have no file either").isEqualTo(1);
        assertThat(get(at(Instant.now()).find(draft))).isEqualTo(DraftImages.NONE);
    }

    @Test
    void leavesAloneEachOfManyThatWereReplaced() throws IOException {
        Instant first = Instant.now();
        for (int i = 0; i < 120; i++) {
            String next = UUID.randomUUID().toString();
            publish(Style.SIMPLE, next, put(next, "simple", OLD), first.plusMillis(i));
        }

        assertThat(orphanedImages.count()).isZero();
    }

    @Test
    void leavesAloneWhatAnUnreadableRecordNames() throws IOException {
        put("simple", OLD);
        redis.hash(String.class).hset("content:image:" + draft, "simple", "{bad " + link(job, "simple"));

        assertThat(orphanedImages.count()).isZero();
    }

    /** The job names it, or its worker has not got so far. */
    @Test
    void leavesAloneWhatBelongsToAJobThatIsNotForgotten() throws IOException {
        put("simple", OLD);
        redis.hash(String.class).hset("job:" + job, "status", "FAILED");

        assertThat(orphanedImages.count()).isZero();
    }

    @Test
    void countsNeitherYoungImagesNorExpiredOnesNorFilesOfOthers() throws IOException {
        put("simple", OrphanedImages.GRACE.minusMinutes(1));
        put("fancy", Duration.ofDays(7).plusMillis(1));
        age(Files.writeString(images.resolve("family-simple.png"), "somebody else's"), OLD);
        redis.list(String.class).lpush("content:image:no-hash", "x");

        assertThat(orphanedImages.count()).isZero();
    }

    // --- the hourly clean-up

    @Test
    void deletesWhatIsOrphanedForTheSecondTime() throws IOException {
        redis.value(String.class).set(OrphanCleanUp.SINCE, Instant.now().minus(OLD).minusSeconds(60).toString());
        URI orphan = put("simple", OLD);
        publish(Style.FANCY, job, put("fancy", OLD));
        OrphanCleanUp cleanUp = cleanUp();

        cleanUp.run();
        assertThat(file(orphan)).as("it may be about to be published").exists();
        cleanUp.run();

        assertThat(file(orphan)).doesNotExist();
        assertThat(images.resolve(job + "-fancy.png")).exists();
        assertThatThrownBy(() -> get(store.find(job + "-simple.png"))).isInstanceOf(ImageGoneException.class);
    }

    @Test
    void deletesTheRenditionsOfAnOrphanWithIt() throws IOException {
        redis.value(String.class).set(OrphanCleanUp.SINCE, Instant.now().minus(OLD).minusSeconds(60).toString());
        put("simple", OLD);
        RenditionName name = new RenditionName(job + "-simple", "mms", "jpg");
        get(renditions.keep(name, new RenditionDetails(1, 1, 5), new byte[5], Instant.now().plusSeconds(60)));
        OrphanCleanUp cleanUp = cleanUp();

        cleanUp.run();
        assertThat(images.resolve(name.fileName())).exists();
        cleanUp.run();

        assertThat(images.resolve(name.fileName())).doesNotExist();
    }

    @Test
    void deletesNothingThatIsPublishedMeanwhile() throws IOException {
        redis.value(String.class).set(OrphanCleanUp.SINCE, Instant.now().minus(OLD).minusSeconds(60).toString());
        URI late = put("simple", OLD);
        OrphanCleanUp cleanUp = cleanUp();

        cleanUp.run();
        publish(Style.SIMPLE, job, late);
        cleanUp.run();

        assertThat(file(late)).exists();
    }

    /** An older version did not record what it replaced, or Redis has lost its data. */
    @Test
    void deletesNothingFromBeforeItsFirstRun() throws IOException {
        URI earlier = put("simple", OLD);
        OrphanCleanUp cleanUp = cleanUp();

        cleanUp.run();
        cleanUp.run();

        assertThat(file(earlier)).exists();
        assertThat(redis.key().ttl(OrphanCleanUp.SINCE)).isBetween(691_190L, 691_200L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a time", ""})
    void deletesNothingIfItsRecordCannotBeRead(String since) throws IOException {
        redis.value(String.class).set(OrphanCleanUp.SINCE, since);
        URI orphan = put("simple", OLD);
        OrphanCleanUp cleanUp = cleanUp();

        cleanUp.run();
        cleanUp.run();

        assertThat(file(orphan)).exists();
    }

    private OrphanCleanUp cleanUp() {
        return new OrphanCleanUp(orphanedImages, files, goneImages, renditions, redis, config, Clock.systemUTC());
    }

    private void publish(Style style, String jobId, URI link) {
        publish(style, jobId, link, Instant.now());
    }

    private void publish(Style style, String jobId, URI link, Instant requestedAt) {
        get(at(Instant.now()).publish(draft, Map.of(style, kept(link, Instant.now())), jobId, requestedAt,
                RECOMMENDATION));
    }

    private URI put(String style, Duration age) throws IOException {
        return put(job, style, age);
    }

    private URI put(String jobId, String style, Duration age) throws IOException {
        age(Files.writeString(images.resolve(jobId + "-" + style + ".png"), "bytes"), age);
        return link(jobId, style);
    }

    private static URI link(String jobId, String style) {
        return URI.create("http://a/api/content/images/files/" + jobId + "-" + style + ".png");
    }

    private Path file(URI link) {
        return images.resolve(link.getPath().substring(link.getPath().lastIndexOf('/') + 1));
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
