package com.kt.event.content.gallery;

import java.nio.file.Path;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageDetails;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.SpoolTesting;

import io.vertx.core.Vertx;

/** Access to the store for the tests of other packages. */
public final class ImageStores {
    private ImageStores() {
    }

    /** The bytes of a file as the directory of images sends them. */
    public static ImageBytes bytesOf(Vertx vertx, Path file) {
        return new OpenedFile(vertx, file);
    }

    /** Bytes that are stored as if they were a PNG. */
    public static Image image(byte[] bytes) {
        return new Image(ImageFormat.PNG, details(bytes), SpoolTesting.spool(bytes));
    }

    static ImageDetails details(byte[] bytes) {
        return new ImageDetails("image/png", 1, 1, bytes.length, "00");
    }

    /** Probes at once whether the store can be written to, as the service does every two seconds. */
    public static void probe(ImageStore store) {
        store.probe().await().atMost(PatientAwaitility.LIMIT);
    }
}
