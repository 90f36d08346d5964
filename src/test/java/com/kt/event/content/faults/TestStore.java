package com.kt.event.content.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the instances of a test keep their images: a directory, or with {@code -Dfaults.store=s3} a bucket. */
interface TestStore extends AutoCloseable {
    boolean IS_S3 = "s3".equals(System.getProperty("faults.store"));

    /** @param directory which exists and is empty; not used by a bucket */
    static TestStore create(Path directory) {
        return IS_S3 ? TestBucket.onSharedServer() : new TestDirectory(directory);
    }

    /** A store of its own that {@link #fail} makes full or unavailable. */
    static TestStore createToFail(Path directory) throws IOException {
        return IS_S3 ? TestBucket.onServerOfItsOwn() : TestDirectory.ofLimitedSize(directory);
    }

    /** The settings of an instance that uses it. */
    Map<String, String> settings();

    /** The names of the image files. */
    List<String> names();

    /** No image can be stored until {@link #heal}. */
    void fail() throws IOException;

    void heal() throws IOException;

    @Override
    void close() throws IOException;
}
