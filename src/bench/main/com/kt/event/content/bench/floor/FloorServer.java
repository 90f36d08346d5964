package com.kt.event.content.bench.floor;

import java.nio.file.Path;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/**
 * The floor: the service's requests on bare Vert.x, with the service's Redis commands and nothing else. There is no
 * routing, validation, JSON mapping, script, worker or error handling. Each event loop has one pipelined connection.
 */
public class FloorServer extends VerticleBase {
    private static final String IMAGES = "/api/content/images/";

    /** Commands of 1,024 open requests may wait for their responses. */
    private static final int WAITING_COMMANDS = 65_536;

    private final int port;
    private final String redisAddress;
    private final Path pictures;
    private FloorCommands commands;

    FloorServer(int port, String redisAddress, Path pictures) {
        this.port = port;
        this.redisAddress = redisAddress;
        this.pictures = pictures;
    }

    /** Arguments: port, address of Redis, directory of the pictures. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(() -> new FloorServer(Integer.parseInt(args[0]), args[1], Path.of(args[2])),
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
                .onFailure(failure -> {
                    System.err.println("the floor does not start: " + failure);
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        RedisOptions options = new RedisOptions().setConnectionString(redisAddress)
                .setMaxWaitingHandlers(WAITING_COMMANDS);
        return Redis.createClient(vertx, options).connect().compose(connection -> {
            commands = new FloorCommands(connection);
            return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
        });
    }

    private void handle(HttpServerRequest request) {
        String path = request.path().substring(IMAGES.length());
        Future<?> handled;
        if (path.endsWith("/generate")) {
            handled = answer(request, 202, commands.generate(path.substring(0, path.indexOf('/'))));
        } else if (path.startsWith("jobs/")) {
            handled = answer(request, 200, commands.job(path.substring("jobs/".length())));
        } else if (path.startsWith("files/")) {
            handled = request.response().putHeader("Content-Type", "image/png")
                    .sendFile(pictures.resolve(path.substring("files/".length())).toString());
        } else {
            handled = answer(request, 200, commands.images(path));
        }
        handled.onFailure(failure -> fail(request.response()));
    }

    /** 404 if there is no body. */
    private static Future<Void> answer(HttpServerRequest request, int status, Future<Buffer> body) {
        return body.compose(found -> {
            HttpServerResponse response = request.response().putHeader("Content-Type", "application/json");
            return found == null
                    ? response.setStatusCode(404).end()
                    : response.setStatusCode(status).end(found);
        });
    }

    /** Unless the client has closed the connection. */
    private static void fail(HttpServerResponse response) {
        if (!response.headWritten()) {
            response.setStatusCode(500).end();
        }
    }
}
