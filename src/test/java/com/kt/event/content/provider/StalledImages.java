package com.kt.event.content.provider;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import com.kt.event.content.image.SpoolDirectory;
import com.kt.event.content.image.Spools;

import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * A process in which images begin to arrive and none goes on, because none can be written and the memory for that is used. It
 * prints how much memory each of them takes, in bytes.
 */
final class StalledImages {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int FEW = 20;
    private static final int MANY = 100;

    private final int port;
    private final SpoolDirectory missing = new SpoolDirectory(Path.of("missing"), 0, LittleMemoryTest.LENGTH);
    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("images", 1);
    private final HttpTransport transport = new HttpTransport(vertx, workers,
            new HttpClientOptions().setMaxPoolSize(FEW + MANY).setKeepAliveTimeout(60));

    private long memory;

    private StalledImages(int port) {
        this.port = port;
    }

    /** @param arguments the port of an image API */
    public static void main(String... arguments) throws IOException {
        System.out.print(new StalledImages(Integer.parseInt(arguments[0])).memoryOfOne() + " bytes\n");
        System.exit(0);
    }

    private long memoryOfOne() throws IOException {
        Spools other = new Spools(missing);
        other.newSpool().write(new byte[64 * 1024], 0, 64 * 1024);
        other.haveRoom();
        long before = memoryOf(FEW);
        return (memoryOf(MANY) - before) / MANY;
    }

    /** Of the whole process, once so many more have stalled. */
    private long memoryOf(int more) {
        IntStream.range(0, more).forEach(i -> request());
        await().pollInterval(INTERVAL).atMost(LONG).until(this::isSteady);
        return memory;
    }

    private boolean isSteady() {
        long last = memory;
        memory = memory();
        return Math.abs(memory - last) < 64 * 1024;
    }

    private static long memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
    }

    private void request() {
        Spools spools = new Spools(missing);
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.POST).setHost("localhost").setPort(port);
        ResponseBody body = new ResponseBody(new JsonBody(spools), spools, Long.MAX_VALUE);
        transport.send(new HttpCall(request, Buffer.buffer("{}"), body, LONG, null, null))
                .subscribe().with(response -> {
                }, failure -> System.out.print(failure + "\n"));
    }
}
