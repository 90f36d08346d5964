package com.kt.event.content.bench.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a system is started.
 *
 * @param name its column in the table
 * @param command without the arguments that only the floor takes
 * @param isFloor the floor has no worker, so it takes part in the requests only
 */
public record Launch(String name, List<String> command, boolean isFloor) {

    List<String> command(int port, String redis, Path pictures) {
        if (!isFloor) {
            return command;
        }
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(Integer.toString(port), redis, pictures.toString()));
        return whole;
    }

    Map<String, String> environment(int port, String redis, Path pictures, String imageApi, int maxInFlight) {
        if (isFloor) {
            return Map.of();
        }
        Map<String, String> variables = new HashMap<>();
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.put("QUARKUS_REDIS_HOSTS", redis);
        variables.put("QUARKUS_LOG_LEVEL", "WARN");
        variables.put("CONTENT_IMAGE_API_URL", imageApi);
        variables.put("CONTENT_IMAGE_API_KEY", "bench");
        variables.put("CONTENT_IMAGE_API_ALLOW_PRIVATE_ADDRESSES", "true");
        variables.put("CONTENT_PUBLIC_URL", "http://127.0.0.1:" + port);
        variables.put("CONTENT_STORE_DIRECTORY", pictures.toString());
        variables.put("CONTENT_WORKER_MAX_IN_FLIGHT", Integer.toString(maxInFlight));
        // All requests of a run shall be accepted, and a stop shall not wait for calls that are held.
        variables.put("CONTENT_QUEUE_MAX_LENGTH", "10000000");
        variables.put("CONTENT_WORKER_GRACE", "0s");
        return variables;
    }
}
