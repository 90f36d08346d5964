package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.S3Server;
import com.kt.event.content.WaitingTest;
import com.kt.event.content.image.SpoolTesting;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** The bytes of an object on their way to a client that is slow, or gone. */
@WaitingTest
class S3BytesTest extends S3Suite {
    private static final int SIZE = 4_000_000;
    private static final byte[] CONTENT = new byte[SIZE];

    static {
        IntStream.range(0, SIZE).forEach(i -> CONTENT[i] = (byte) (i * 31 >> 7));
    }

    private static S3Server server;

    private StoredImage stored;

    /** Accepts bytes, and says so when the test does. */
    private static final class SlowClient extends Received {
        private final Queue<Promise<Void>> writes = new ConcurrentLinkedQueue<>();

        @Override
        public synchronized Future<Void> write(Buffer data) {
            super.write(data);
            Promise<Void> written = Promise.promise();
            writes.add(written);
            return written.future();
        }
    }

    @BeforeAll
    static void startServer() {
        server = new S3Server().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void store() {
        S3Files files = files(server.settings());
        stored = get(files.write(image, "png", SpoolTesting.spool(CONTENT))).image();
    }

    @ParameterizedTest
    @CsvSource({"0, 4000000", "0, 1", "3999999, 1", "1000000, 1500000"})
    void areThoseThatAreAskedFor(int from, int size) {
        assertThat(Received.from(stored.bytes(), from, size))
                .isEqualTo(Arrays.copyOfRange(CONTENT, from, from + size));
    }

    @Test
    void areReadOnceTheLastOnesAreWritten() {
        SlowClient client = new SlowClient();
        Future<Void> sent = stored.bytes().sendTo(client, 0, SIZE);
        await().until(() -> client.writes.size() == 1);

        await().during(Duration.ofMillis(300)).until(() -> client.writes.size() == 1);
        assertThat(client.bytes.length()).isLessThan(SIZE / 10);

        await().until(() -> {
            client.writes.forEach(Promise::tryComplete);
            return sent.isComplete();
        });
        assertThat(sent.succeeded()).isTrue();
        assertThat(client.bytes.length()).isEqualTo(SIZE);
    }

    @Test
    void areNotReadAnyMoreForAClientThatIsGone() {
        SlowClient client = new SlowClient();
        Future<Void> sent = stored.bytes().sendTo(client, 0, SIZE);
        await().until(() -> client.writes.size() == 1);

        client.writes.element().fail("Connection was closed");

        await().until(sent::isComplete);
        assertThat(sent.cause()).hasMessage("Connection was closed");
        assertThat(client.writes).hasSize(1);
    }

    @Test
    void areReportedAsUnavailableIfS3Is() {
        server.kill();
        try {
            assertThatThrownBy(() -> Received.from(stored.bytes(), 0, SIZE))
                    .isInstanceOf(StoreUnavailableException.class).hasMessageContaining("S3 cannot be reached");
        } finally {
            server.start();
        }
    }

    /** The client tells neither of a connection that ends within the object, nor of one that stays silent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areReportedAsUnavailableIfTheyEndTooEarly(boolean closes) throws IOException {
        try (HalfAnObject s3 = new HalfAnObject(closes)) {
            ImageBytes bytes = new S3Bytes(bucket(S3Server.settings(s3.uri())), "a.png");

            assertThatThrownBy(() -> Received.from(bytes, 0, 100)).isInstanceOf(StoreUnavailableException.class);
        }
    }
}
