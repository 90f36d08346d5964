package com.kt.event.content.bench.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.process.ManagedProcess;
import com.kt.event.content.bench.process.Ports;
import com.kt.event.content.bench.process.ProcStat;
import com.kt.event.content.bench.process.Processes;

import io.vertx.core.Vertx;

/** A service or the floor, with a Redis and an image API of its own. */
public class SystemUnderTest {
    private static final String FIRST_REQUEST = "/api/content/images/jobs/00000000-0000-0000-0000-000000000000";
    /** Only a service that has read Redis knows that there is no such job. */
    private static final String FIRST_RESPONSE = "HTTP/1.1 404";
    private static final String READY = "HTTP/1.1 200";
    private static final int START_SECONDS = 60;

    private final Processes processes;
    private final Launch launch;
    private final RedisServer redis;
    private final ImageApiStub imageApi;
    private final Drafts drafts;
    private final Path pictures;
    private final Path log;
    private ManagedProcess process;
    private int port;

    SystemUnderTest(Processes processes, Vertx vertx, Launch launch, ImageApiStub.Form form, Path logs) {
        this.processes = processes;
        this.launch = launch;
        redis = new RedisServer(processes, vertx, launch.name());
        imageApi = new ImageApiStub(vertx, form);
        drafts = new Drafts(redis);
        pictures = processes.directory(launch.name() + "-pictures");
        log = logs.resolve(launch.name() + ".log");
    }

    public String name() {
        return launch.name();
    }

    public boolean isFloor() {
        return launch.isFloor();
    }

    public RedisServer redis() {
        return redis;
    }

    public ImageApiStub imageApi() {
        return imageApi;
    }

    public Drafts drafts() {
        return drafts;
    }

    /** The directory that the floor serves files from and the service stores images in. */
    public Path pictures() {
        return pictures;
    }

    public int port() {
        return port;
    }

    /** Returns the seconds from exec to the first response that needed Redis. Redis is emptied before. */
    double start(int maxInFlight) {
        clear();
        imageApi.release();
        port = Ports.free();
        long started = System.nanoTime();
        process = processes.start(launch.name(), launch.command(port, redis.address(), pictures),
                launch.environment(port, redis.address(), pictures, imageApi.address(), maxInFlight), log);
        boolean hasResponded = Await.until(() -> {
            process.requireAlive();
            return FIRST_RESPONSE.equals(firstLine(FIRST_REQUEST));
        }, START_SECONDS);
        double seconds = (System.nanoTime() - started) / 1e9;
        if (!hasResponded) {
            throw new BenchException(launch.name() + " has not read Redis within " + START_SECONDS
                    + " s. The end of its log:\n" + process.lastLines());
        }
        return seconds;
    }

    /** A JVM loads classes for some time after its first response. The floor has no health checks. */
    void awaitReady() {
        if (!isFloor() && !Await.until(() -> READY.equals(firstLine("/q/health/ready")), START_SECONDS)) {
            throw new BenchException(name() + " is not ready after " + START_SECONDS
                    + " s. The end of its log:\n" + process.lastLines());
        }
    }

    /** How the response begins; empty while nothing listens. */
    private String firstLine(String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(5000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(FIRST_RESPONSE.length()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** Empties Redis. */
    public void clear() {
        redis.clear();
        drafts.forget();
    }

    void stop() {
        processes.stop(process);
        imageApi.release();
    }

    public void requireAlive() {
        process.requireAlive();
    }

    /** CPU time of the process so far, in seconds. */
    public double cpu() {
        return ProcStat.cpu(process.pid());
    }

    /** In MB. */
    public double rss() {
        return ProcStat.rss(process.pid());
    }
}
