package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.WaitingTest;
import com.kt.event.content.image.Spool;
import com.kt.event.content.image.SpoolDirectory;
import com.kt.event.content.image.Spools;

import io.vertx.core.buffer.Buffer;

/** Images arrive while none can be spooled, and there is no more memory for them. */
@WaitingTest
class SpoolRoomTest extends HttpTransportSuite {
    private static final byte[] IMAGE = new byte[500_000];

    @TempDir
    Path directory;

    @Test
    void leavesAnImageInItsConnectionUntilOthersAreStored() throws IOException {
        SpoolDirectory missing = new SpoolDirectory(directory.resolve("missing"), IMAGE.length, IMAGE.length);
        Spools others = new Spools(missing);
        others.newSpool().write(IMAGE, 0, IMAGE.length);
        assertThat(others.haveRoom()).isTrue();
        peer.responds(HEAD + "Content-Length: " + IMAGE.length + "\r\n\r\n", "x".repeat(IMAGE.length));
        Spools spools = new Spools(missing);
        Spool image = spools.newSpool();
        ResponseBody body = new ResponseBody((bytes, count) -> image.write(bytes, 0, count), spools, MAX_BYTES);

        CompletableFuture<HttpResponse> response = transport
                .send(new HttpCall(peer.request(), Buffer.buffer(), body, LONG, null, null))
                .subscribeAsCompletionStage();
        await().during(SHORT).atMost(LONG).until(
                () -> image.length() <= BodyTransfer.FIRST_BLOCK + BodyTransfer.BLOCK && !response.isDone());
        others.close();

        assertThat(response.join().status()).isEqualTo(200);
        assertThat(image.length()).isEqualTo(IMAGE.length);
    }
}
