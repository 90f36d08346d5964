package com.kt.event.content.bench.lab;

/** Watches the RSS of a system until it is closed. */
public final class PeakRss implements AutoCloseable {
    private static final double INTERVAL_SECONDS = 0.02;

    private final SystemUnderTest system;
    private final Thread thread = new Thread(this::watch, "peak-rss");
    private volatile boolean isClosed;
    private volatile double peak;

    public PeakRss(SystemUnderTest system) {
        this.system = system;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!isClosed) {
            peak = Math.max(peak, system.rss());
            Await.pause(INTERVAL_SECONDS);
        }
    }

    /** In MB. */
    public double peak() {
        return peak;
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
