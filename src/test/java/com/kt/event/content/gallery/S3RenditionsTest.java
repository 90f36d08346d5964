package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.S3Server;
import com.kt.event.content.image.SpoolTesting;

import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Renditions in the bucket of a real S3 server. */
class S3RenditionsTest extends S3Suite {
    private static S3Server server;
    private static S3AsyncClient s3;

    private final byte[] content = new byte[300_000];
    private S3Files files;
    /** The name of the image: with the number of the attempt to store it. */
    private String name;
    private RenditionName mms;

    @BeforeAll
    static void startServer() {
        server = new S3Server().start();
        s3 = client(server.settings());
    }

    @AfterAll
    static void stopServer() {
        s3.close();
        server.close();
    }

    @BeforeEach
    void store() {
        files = files(server.settings());
        new Random(1).nextBytes(content);
        name = put(image);
        mms = new RenditionName(name, "mms", "jpg");
    }

    @AfterEach
    void close() {
        files.close();
    }

    private String put(String imageName) {
        get(files.write(imageName, "png", SpoolTesting.spool(content)));
        return ImageNames.imageName(get(files.findByName(imageName)).orElseThrow());
    }

    @Test
    void areFoundWithTheirImage() {
        assertThat(get(files.findRendition(mms)).rendition()).isEmpty();

        get(files.writeRendition(mms, bytes("rendition"), NOW));

        FoundRendition found = get(files.findRendition(mms));
        assertThat(found.image().fileName()).isEqualTo(name + ".png");
        assertThat(found.image().size()).isEqualTo(content.length);
        assertThat(found.rendition()).map(StoredImage::size).hasValue(9L);
        assertThat(Received.from(found.rendition().orElseThrow().bytes(), 0, 9)).isEqualTo(bytes("rendition"));
        HeadObjectResponse head = s3.headObject(it -> it.bucket(S3Server.BUCKET).key(mms.fileName())).join();
        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.expiresString()).isEqualTo("Sun, 22 Nov 2026 00:00:00 GMT");
    }

    @Test
    void areWrittenOnce() {
        get(files.writeRendition(mms, bytes("first"), NOW));
        get(files.writeRendition(mms, bytes("second"), NOW));

        assertThat(get(files.findRendition(mms)).rendition()).map(StoredImage::size).hasValue(5L);
    }

    @Test
    void areDeletedByTheNameOfTheirImage() {
        get(files.writeRendition(mms, bytes("a"), NOW));
        get(files.writeRendition(new RenditionName(name, "unrecorded", "png"), bytes("b"), NOW));
        RenditionName other = new RenditionName(image, "mms", "jpg");
        get(files.writeRendition(other, bytes("c"), NOW));

        get(files.deleteRenditions(name, List.of()));

        List<String> left = new ArrayList<>();
        get(files.visitRenditions(file -> left.add(file.name())));
        assertThat(left).contains(other.fileName()).noneMatch(file -> file.startsWith(name + "."));
        assertThat(get(files.isThere(name + ".png"))).isTrue();
    }

    @Test
    void areNotFoundWithoutAnImage() {
        get(files.writeRendition(mms, bytes("a"), NOW));
        get(files.delete(name + ".png"));

        assertThatThrownBy(() -> get(files.findRendition(mms))).isInstanceOf(NoSuchImageException.class);

        get(files.delete(mms.fileName()));
        List<String> left = new ArrayList<>();
        get(files.visitRenditions(file -> left.add(file.name())));
        assertThat(left).doesNotContain(mms.fileName());
    }

    @Test
    void areNotMadeOfAnImageThatWasDeletedAfterItWasFound() {
        StoredImage found = get(files.findRendition(mms)).image();
        get(files.delete(name + ".png"));

        assertThatThrownBy(() -> files.open(found)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void areMadeOfACopyOfTheImage() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(content.length);
        try (FileChannel file = files.open(get(files.findRendition(mms)).image())) {
            while (all.hasRemaining() && file.read(all, all.position()) > 0) {
                assertThat(file.size()).isEqualTo(content.length);
            }
        }
        assertThat(all.array()).isEqualTo(content);
    }
}
