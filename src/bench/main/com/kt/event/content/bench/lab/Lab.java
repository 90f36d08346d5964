package com.kt.event.content.bench.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import com.kt.event.content.bench.process.Processes;

import io.vertx.core.Vertx;

/** The systems that are compared. They are up at the same time and are measured in turns. */
public class Lab {
    private final List<SystemUnderTest> systems = new ArrayList<>();
    private final List<SystemUnderTest> running = new ArrayList<>();
    private final List<Double> disturbances = new ArrayList<>();

    public Lab(Processes processes, Vertx vertx, List<Launch> launches, ImageApiStub.Form form, Path logs) {
        for (Launch launch : launches) {
            systems.add(new SystemUnderTest(processes, vertx, launch, form, logs));
        }
    }

    public List<SystemUnderTest> systems() {
        return systems;
    }

    public List<SystemUnderTest> services() {
        return systems.stream().filter(system -> !system.isFloor()).toList();
    }

    List<SystemUnderTest> running() {
        return running;
    }

    /** For each window, the share of the machine that processes outside the benchmark took. */
    public List<Double> disturbances() {
        return disturbances;
    }

    /** Returns the seconds to the first response. */
    public double start(SystemUnderTest system, int maxInFlight) {
        double seconds = system.start(maxInFlight);
        running.add(system);
        return seconds;
    }

    /** As {@link #start}, and waits until the system is ready for load. */
    public void startReady(SystemUnderTest system, int maxInFlight) {
        start(system, maxInFlight);
        system.awaitReady();
    }

    public void stop(SystemUnderTest system) {
        running.remove(system);
        system.stop();
    }

    /**
     * So many rounds over the systems, every second one in reverse order, so that a change of the machine's speed meets all of
     * them alike.
     */
    public static void rounds(int count, List<SystemUnderTest> systems, Consumer<SystemUnderTest> measure) {
        List<SystemUnderTest> order = new ArrayList<>(systems);
        for (int round = 0; round < count; round++) {
            order.forEach(measure);
            Collections.reverse(order);
        }
    }
}
