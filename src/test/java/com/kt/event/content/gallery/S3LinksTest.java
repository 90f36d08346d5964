package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.S3Server;
import com.kt.event.content.WaitingTest;
import com.kt.event.content.image.WholeImages;

/** Links of images in a bucket: to the service, or with content.store.s3.public-url to a CDN or the bucket itself. */
@WaitingTest
class S3LinksTest extends S3Suite {
    private static S3Server server;

    @BeforeAll
    static void startServer() {
        server = new S3Server().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void leadToTheService() {
        URI link = get(store(null).keep(image, ImageStores.image(bytes("bytes")))).link();

        assertThat(link.toString()).startsWith("https://shop.example/gw/api/content/images/files/" + image + "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example/images", "https://cdn.example/images/"})
    void leadToTheCdn(String publicUrl) {
        ImageStore store = store(publicUrl);

        URI link = get(store.keep(image, ImageStores.image(bytes("bytes")))).link();

        assertThat(link.toString()).matches("https://cdn.example/images/" + image + "-[0-9a-f]{8}\\.png");
        assertThat(get(store.findKept(image)).map(KeptImage::link)).hasValue(link);
        assertThat(get(store.mayBeThere(link))).isTrue();
    }

    /** It is made with the first request, which the bucket could not do. */
    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example/images", ""})
    void ofRenditionsLeadToTheService(String publicUrl) {
        ImageStore store = store(publicUrl.isEmpty() ? null : publicUrl);

        assertThat(store.link(new RenditionName(image, "mms", "jpg")).toString())
                .isEqualTo("https://shop.example/gw/api/content/images/files/" + image + ".mms.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example/images", ""})
    void nameTheObjectThatADeletionRemoves(String publicUrl) {
        ImageStore store = store(publicUrl.isEmpty() ? null : publicUrl);
        URI link = get(store.keep(image, ImageStores.image(bytes("bytes")))).link();

        get(store.delete(link));

        assertThat(get(store.mayBeThere(link))).isFalse();
        assertThat(get(store.findKept(image))).isEmpty();
    }

    private static ImageStore store(String publicUrl) {
        return new ImageStore(StoreConfig.inBucket(publicUrl), files(server.settings()),
                new StoredDetails(new WholeImages(1_000_000), vertx),
                new RememberedImages(),
                Clock.fixed(NOW, ZoneOffset.UTC), new StoreHealth(timer));
    }
}
