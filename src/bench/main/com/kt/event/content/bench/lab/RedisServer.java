package com.kt.event.content.bench.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.process.ManagedProcess;
import com.kt.event.content.bench.process.Ports;
import com.kt.event.content.bench.process.Processes;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** A Redis of one system, and the benchmark's connection to it. */
public class RedisServer {
    private static final Pattern COMMANDS = Pattern.compile("total_commands_processed:(\\d+)");
    private static final int BATCH = 500;
    private static final int START_SECONDS = 10;

    private final ManagedProcess process;
    private final int port;
    private final RedisConnection connection;
    private long ownCommands;

    public RedisServer(Processes processes, Vertx vertx, String name) {
        port = Ports.free();
        process = processes.start("redis-server", List.of("redis-server", "--port", Integer.toString(port), "--bind",
                "127.0.0.1", "--save", "", "--appendonly", "no"), Map.of(),
                processes.directory("logs").resolve(name + "-redis.log"));
        connection = connect(vertx);
        if (!info("server").contains("process_id:" + process.pid())) {
            throw new BenchException("another Redis listens at port " + port);
        }
    }

    private RedisConnection connect(Vertx vertx) {
        List<RedisConnection> connected = new ArrayList<>();
        Await.until(() -> {
            process.requireAlive();
            Redis client = Redis.createClient(vertx, address());
            try {
                connected.add(Await.value(client.connect()));
                return true;
            } catch (BenchException e) {
                client.close();
                return false;
            }
        }, START_SECONDS);
        if (connected.isEmpty()) {
            throw new BenchException("redis-server does not start:\n" + process.lastLines());
        }
        return connected.get(0);
    }

    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** The commands that were processed for others, those inside scripts included. */
    public long commands() {
        long own = ownCommands;
        return commands(info("stats")) - own;
    }

    static long commands(String info) {
        Matcher found = COMMANDS.matcher(info);
        if (!found.find()) {
            throw new BenchException("Redis does not say how many commands it processed");
        }
        return Long.parseLong(found.group(1));
    }

    private String info(String section) {
        return send(Request.cmd(Command.INFO).arg(section)).toString();
    }

    public Response send(Request request) {
        ownCommands++;
        return Await.value(connection.send(request));
    }

    /** Sends any number of commands, and returns their responses in order. */
    public List<Response> sendAll(List<Request> requests) {
        ownCommands += requests.size();
        List<Response> responses = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += BATCH) {
            responses.addAll(Await.value(connection.batch(
                    requests.subList(from, Math.min(requests.size(), from + BATCH)))));
        }
        return responses;
    }

    public void clear() {
        send(Request.cmd(Command.FLUSHALL).arg("SYNC"));
    }
}
