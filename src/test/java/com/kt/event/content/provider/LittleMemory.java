package com.kt.event.content.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.SpoolDirectory;
import com.kt.event.content.image.Spools;
import com.kt.event.content.provider.dialect.GenerationResponse;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** The process of {@link LittleMemoryTest}. */
final class LittleMemory {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final int port;
    private final SpoolDirectory directory;
    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("images", 1);
    private final HttpTransport transport = new HttpTransport(vertx, workers,
            new HttpClientOptions().setMaxPoolSize(LittleMemoryTest.IMAGES).setKeepAliveTimeout(60));
    private final ResponseReader reader = new ResponseReader();
    private final ImageCheck check = new ImageCheck(Set.of(ImageFormat.PNG), 20 << 20, 50_000_000);

    private LittleMemory(int port, Path directory) {
        this.port = port;
        this.directory = new SpoolDirectory(directory, 0, LittleMemoryTest.LENGTH);
    }

    /** @param arguments the port of the image API, and a directory */
    public static void main(String... arguments) {
        new LittleMemory(Integer.parseInt(arguments[0]), Path.of(arguments[1])).run();
        System.exit(0);
    }

    private void run() {
        List<Uni<Image>> all = IntStream.range(0, LittleMemoryTest.IMAGES).mapToObj(i -> image()).toList();
        List<Image> images = Uni.join().all(all).andFailFast().await().atMost(LONG);
        long bytes = images.stream().mapToLong(image -> image.details().bytes()).distinct().sum();
        System.out.print(images.size() + " images of " + bytes + " bytes\n");
    }

    private Uni<Image> image() {
        Spools spools = new Spools(directory);
        JsonBody json = new JsonBody(spools);
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.POST).setHost("localhost").setPort(port);
        HttpCall call = new HttpCall(request, Buffer.buffer("{}"), new ResponseBody(json, spools, Long.MAX_VALUE),
                LONG, null, null);
        return transport.send(call)
                .chain(response -> Uni.createFrom().completionStage(
                        () -> workers.executeBlocking(() -> check(json), false).toCompletionStage()));
    }

    private Image check(JsonBody json) throws Exception {
        GenerationResponse response = reader.read(json, GenerationResponse.class);
        return check.check(json.base64(response.image().orElseThrow().base64()).end());
    }
}
