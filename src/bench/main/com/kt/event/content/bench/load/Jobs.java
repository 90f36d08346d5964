package com.kt.event.content.bench.load;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.RedisServer;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Accepted jobs, as Redis knows them. */
public class Jobs {
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED");
    /** So few that the reads cost Redis next to nothing: the first job that has not ended stops a batch. */
    private static final int BATCH = 32;

    private final RedisServer redis;
    private final List<String> ids;

    public Jobs(RedisServer redis, List<String> ids) {
        this.redis = redis;
        this.ids = ids;
    }

    /** False if not all of them have ended within this time. */
    public boolean awaitEnd(double seconds) {
        int[] ended = {0};
        return Await.until(() -> {
            int before;
            do {
                before = ended[0];
                ended[0] += leadingEnded(ids.subList(before, Math.min(ids.size(), before + BATCH)));
            } while (ended[0] - before == BATCH);
            return ended[0] == ids.size();
        }, seconds);
    }

    private int leadingEnded(List<String> batch) {
        return (int) statuses(batch).stream().takeWhile(ENDED::contains).count();
    }

    /** The jobs that are not COMPLETED: failed, cancelled, running or gone. */
    public int notCompleted() {
        return (int) statuses(ids).stream().filter(status -> !status.equals("COMPLETED")).count();
    }

    private List<String> statuses(List<String> some) {
        return redis.sendAll(some.stream().map(id -> Request.cmd(Command.HGET).arg("job:" + id).arg("status")).toList())
                .stream().map(Jobs::status).collect(Collectors.toList());
    }

    private static String status(Response value) {
        return value == null ? "" : value.toString();
    }
}
