package com.kt.event.content.redis;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

/**
 * The Redis servers that hold keys: a single one, or every master of a cluster. A SCAN covers the keys of one server, and
 * the cluster client sends it to any of them.
 */
@ApplicationScoped
public class RedisServers {
    /** Longer than the service's own limit: no client waits for the checker, and its first command loads many classes. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    /** The most keys that one command asks for. */
    private static final int STEP = 100;

    private final Redis redis;
    private final ClientOptions options;
    private final Vertx vertx;

    RedisServers(Redis redis, ClientOptions options, Vertx vertx) {
        this.redis = redis;
        this.options = options;
        this.vertx = vertx;
    }

    public void forEach(Consumer<Server> visitor) {
        if (options.copy().getType() == RedisClientType.CLUSTER) {
            mastersOf(send(redis, Request.cmd(Command.CLUSTER).arg("SLOTS")))
                    .forEach(address -> visit(address, visitor));
        } else {
            visitor.accept(new Server(redis));
        }
    }

    private void visit(String address, Consumer<Server> visitor) {
        RedisOptions ofMaster = options.copy().setType(RedisClientType.STANDALONE).setEndpoints(List.of(address));
        Redis master = Redis.createClient(vertx, ofMaster);
        try {
            visitor.accept(new Server(master));
        } finally {
            master.close();
        }
    }

    /** Each element has the first slot, the last slot, the master (host, port, ...) and its replicas. */
    private Set<String> mastersOf(Response slots) {
        URI known = URI.create(options.copy().getEndpoint());
        Set<String> addresses = new LinkedHashSet<>();
        for (Response range : slots) {
            addresses.add(address(known, Objects.toString(range.get(2).get(0), ""), range.get(2).get(1).toInteger()));
        }
        return addresses;
    }

    /** The address that the service is configured with (protocol, user, password), for another server. */
    static String address(URI known, String host, int port) {
        // An empty host stands for the one under which the server was reached.
        String name = host.isEmpty() ? known.getHost() : host.contains(":") ? "[" + host + "]" : host;
        String user = known.getRawUserInfo() == null ? "" : known.getRawUserInfo() + "@";
        String query = known.getRawQuery() == null ? "" : "?" + known.getRawQuery();
        return known.getScheme() + "://" + user + name + ":" + port + query;
    }

    private Response send(Redis server, Request request) {
        return server.send(request).await().atMost(LIMIT);
    }

    /** One Redis server. */
    public final class Server {
        private final Redis client;

        private Server(Redis client) {
            this.client = client;
        }

        /** The time of the server. */
        public Instant now() {
            Response time = send(client, Request.cmd(Command.TIME));
            return Instant.ofEpochSecond(time.get(0).toLong(), time.get(1).toLong() * 1_000);
        }

        /** Visits the matching keys in small steps. A key may occur twice if the key space changes meanwhile. */
        public void scan(String pattern, Consumer<List<String>> step) {
            String cursor = "0";
            do {
                Response found = send(client, Request.cmd(Command.SCAN).arg(cursor).arg("MATCH").arg(pattern)
                        .arg("COUNT").arg(STEP));
                step.accept(texts(found.get(1)));
                cursor = found.get(0).toString();
            } while (!cursor.equals("0"));
        }
    }

    private static List<String> texts(Response list) {
        return StreamSupport.stream(list.spliterator(), false).map(Response::toString).toList();
    }
}
