package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Renditions beside their images, and gone with them. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class StoredRenditionsTest extends GallerySuite {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};
    private static final RenditionDetails FIVE = new RenditionDetails(20, 10, CONTENT.length);

    /** The image store's directory. */
    Path images;

    @Inject
    ImageFiles files;

    @Inject
    GoneImages goneImages;

    @Inject
    StoredRenditions renditions;

    private final String image = UUID.randomUUID() + "-fancy";
    private final RenditionName mms = new RenditionName(image, "mms", "jpg");
    private final RenditionName story = new RenditionName(image, "instagram-story", "png");
    private final Instant end = Instant.now().plus(Duration.ofDays(7));

    @Test
    void findsAnImageWithoutItsRenditionUntilThatIsKept() throws IOException {
        put(image);
        assertThat(get(renditions.find(mms)).rendition()).isEmpty();

        StoredImage kept = keep(mms).rendition().orElseThrow();

        assertThat(kept.size()).isEqualTo(CONTENT.length);
        assertThat(get(renditions.find(mms))).satisfies(found -> {
            assertThat(found.image().fileName()).isEqualTo(image + ".png");
            assertThat(found.rendition()).map(StoredImage::fileName).hasValue(image + ".mms.jpg");
        });
        assertThat(images.resolve(mms.fileName())).hasBinaryContent(CONTENT);
        assertThat(get(renditions.find(story)).rendition()).isEmpty();
    }

    @Test
    void opensNoImageThatWasDeletedAfterItWasFound() throws IOException {
        put(image);
        StoredImage found = get(renditions.find(mms)).image();
        Files.delete(images.resolve(found.fileName()));

        assertThatThrownBy(() -> renditions.open(found)).isInstanceOf(NoSuchImageException.class);
        get(goneImages.add(image + ".png", Duration.ofMinutes(1)));
        assertThatThrownBy(() -> renditions.open(found)).isInstanceOf(ImageGoneException.class);
    }

    /** Another instance was faster: a file never changes. */
    @Test
    void keepsTheFirst() throws IOException {
        put(image);
        keep(mms);

        get(renditions.keep(mms, FIVE, new byte[]{9}, end));

        assertThat(images.resolve(mms.fileName())).hasBinaryContent(CONTENT);
    }

    @Test
    void listsThoseThatAreMadeUntilTheImageExpires() throws IOException {
        put(image);
        keep(mms);
        keep(story);

        assertThat(get(renditions.made(gallery(image, "another")))).isEqualTo(Map.of(mms, FIVE, story, FIVE));
        assertThat(redis.key().ttl(RecordedRenditions.key(image))).isBetween(604_790L, 604_800L);
        assertThat(get(renditions.made(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "null", "[]", "{\"width\":\"wide\"}"})
    void listsNothingThatItCannotRead(String value) throws IOException {
        put(image);
        keep(mms);
        redis.hash(String.class).hset(RecordedRenditions.key(image), "instagram-story.png", value);
        redis.hash(String.class).hset(RecordedRenditions.key(image), "no rendition", value);

        assertThat(get(renditions.made(gallery(image)))).containsOnlyKeys(mms);
    }

    @Test
    void deletesThoseOfOneImage() throws IOException {
        put(image);
        keep(mms);
        keep(story);
        String other = put(UUID.randomUUID() + "-fancy");
        RenditionName kept = new RenditionName(other, "mms", "jpg");
        keep(kept);

        get(renditions.deleteAll(link(image)));
        get(renditions.deleteAll(URI.create("https://shop.example/other.png")));

        assertThat(filesOf(image)).containsExactly(image + ".png");
        assertThat(images.resolve(kept.fileName())).exists();
        assertThat(get(renditions.made(gallery(image, other)))).containsOnlyKeys(kept);
    }

    /** A deletion came between the look at the image and the writing of the rendition. */
    @Test
    void leavesNothingBesideAnImageThatIsGone() throws IOException {
        get(goneImages.add(image + ".webp", Duration.ofMinutes(1)));

        assertThatThrownBy(() -> keep(mms)).isInstanceOf(ImageGoneException.class);

        assertThat(filesOf(image)).isEmpty();
        assertThat(redis.key().exists(RecordedRenditions.key(image))).isFalse();
    }

    @Test
    void knowsThatItsImageNeverWasThere() {
        assertThatThrownBy(() -> get(renditions.find(mms))).isInstanceOf(NoSuchImageException.class);
    }

    @Test
    void endsWithItsImage() throws IOException {
        put(image);
        keep(mms);
        Files.setLastModifiedTime(images.resolve(image + ".png"),
                FileTime.from(end.minus(Duration.ofDays(14)).minusSeconds(1)));

        assertThatThrownBy(() -> get(renditions.find(mms))).isInstanceOf(ImageGoneException.class);
    }

    @Test
    void readsAnImageAtAnyPosition() throws IOException {
        put(image);
        ByteBuffer two = ByteBuffer.allocate(2);

        try (FileChannel file = renditions.open(get(renditions.find(mms)).image())) {
            file.read(two, 3);
            assertThat(file.size()).isEqualTo(5);
        }

        assertThat(two.array()).containsExactly(4, 5);
    }

    // --- the hourly clean-up

    @Test
    void deletesRenditionsWhoseImageIsGone() throws IOException {
        put(image);
        keep(mms);
        keep(story);
        String other = put(UUID.randomUUID() + "-simple");
        RenditionName kept = new RenditionName(other, "mms", "jpg");
        keep(kept);
        Files.delete(images.resolve(image + ".png"));
        age(mms);
        age(kept);
        Path foreign = Files.write(images.resolve("family.mms.jpg"), CONTENT);

        get(new RenditionCleanUp(files, Clock.systemUTC()).run());

        assertThat(images.resolve(mms.fileName())).doesNotExist();
        assertThat(images.resolve(story.fileName())).as("its image may be younger than the list").exists();
        assertThat(images.resolve(kept.fileName())).exists();
        assertThat(foreign).exists();
    }

    private void age(RenditionName name) throws IOException {
        Files.setLastModifiedTime(images.resolve(name.fileName()),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    }

    private FoundRendition keep(RenditionName name) {
        return get(renditions.keep(name, FIVE, CONTENT, end));
    }

    private String put(String name) throws IOException {
        Files.write(images.resolve(name + ".png"), CONTENT);
        return name;
    }

    private List<GalleryImage> gallery(String... names) {
        return Stream.of(names).map(name -> new GalleryImage(link(name), "job", end, end, 0, "", null, null)).toList();
    }

    private static URI link(String name) {
        return URI.create("http://a/api/content/images/files/" + name + ".png");
    }

    private List<String> filesOf(String name) throws IOException {
        try (var all = Files.list(images)) {
            return all.map(file -> file.getFileName().toString()).filter(file -> file.startsWith(name)).toList();
        }
    }
}
