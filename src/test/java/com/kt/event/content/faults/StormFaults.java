package com.kt.event.content.faults;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.kt.event.content.faults.StormPlan.Fault;
import com.kt.event.content.faults.StormPlan.PlannedFault;
import com.kt.event.content.faults.StormRecord.InjectedFault;

import redis.clients.jedis.Jedis;

/** Injects the planned faults into the instances, Redis and the store, and ends each in time. */
final class StormFaults {
    private static final int FAULTS_AT_A_TIME = 8;

    private final StormRecord record;
    private final List<StormInstance> instances;
    private final RedisProcess redis;
    private final TestStore store;
    /** Held during a fault of Redis or of the store, which all instances share. */
    private final ReentrantLock sharedServers = new ReentrantLock();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(FAULTS_AT_A_TIME);

    StormFaults(StormRecord record, List<StormInstance> instances, RedisProcess redis, TestStore store) {
        this.record = record;
        this.instances = instances;
        this.redis = redis;
        this.store = store;
    }

    void begin(List<PlannedFault> faults) {
        faults.forEach(fault -> clock.schedule(() -> inject(fault), fault.at().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Returns when every fault has ended and all instances serve. */
    void end() throws InterruptedException, IOException {
        clock.shutdown();
        if (!clock.awaitTermination(3, TimeUnit.MINUTES)) {
            clock.shutdownNow();
        }
        if (!redis.isAlive()) {
            redis.start();
        }
        redis.thaw();
        redis.awaitReady();
        configure("maxmemory", "0");
        store.heal();
        instances.forEach(StormInstance::heal);
        instances.forEach(StormInstance::awaitServing);
    }

    /** A target that already has a fault is skipped. */
    private void inject(PlannedFault planned) {
        StormInstance instance = instances.get(planned.instance());
        ReentrantLock lock = planned.fault().affectsOne() ? instance.process : sharedServers;
        if (!lock.tryLock()) {
            return;
        }
        Instant from = Instant.now();
        try {
            if (leavesAnInstance(planned)) {
                inject(planned.fault(), instance, planned.lasting());
            }
        } catch (IOException | AssertionError | RuntimeException e) {
            record.anomalies.add("while " + planned + ": " + e);
        } finally {
            lock.unlock();
            record.injectedFaults.add(
                    new InjectedFault(planned.fault(), planned.fault().affectsOne() ? instance.service().name() : null,
                            from, Instant.now()));
        }
    }

    /** The last instance that serves is spared, so that slow starts do not stop the whole service. */
    private boolean leavesAnInstance(PlannedFault planned) {
        return switch (planned.fault()) {
            case KILL, TERMINATE, FREEZE -> instances.stream()
                    .filter(other -> other != instances.get(planned.instance())).anyMatch(StormInstance::serves);
            default -> true;
        };
    }

    private void inject(Fault fault, StormInstance instance, Duration lasting) throws IOException {
        StormProxy toProvider = instance.toProvider();
        switch (fault) {
            case KILL -> instance.killFor(lasting);
            case TERMINATE -> instance.restart(lasting);
            case FREEZE -> during(lasting, instance.service()::freeze, instance.service()::thaw);
            case REDIS_CUT -> during(lasting, instance.toRedis::cut, instance.toRedis::heal);
            case REDIS_SILENT -> during(lasting, instance.toRedis::fallSilent, instance.toRedis::heal);
            case REDIS_LATE -> during(lasting, instance.toRedis::beLate, instance.toRedis::heal);
            case PROVIDER_CUT -> during(lasting, toProvider::cut, toProvider::heal);
            case PROVIDER_SILENT -> during(lasting, toProvider::fallSilent, toProvider::heal);
            case REDIS_RESTARTED -> during(lasting, redis::kill, redis::start);
            case REDIS_FROZEN -> during(lasting, redis::freeze, redis::thaw);
            case REDIS_PAUSED -> pauseRedis(lasting);
            case REDIS_FULL -> during(lasting, () -> configure("maxmemory", "1"), () -> configure("maxmemory", "0"));
            case STORE_FULL -> during(lasting, store::fail, store::heal);
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void during(Duration lasting, Act begin, Act end) throws IOException {
        begin.run();
        try {
            StormProvider.sleep(lasting);
        } finally {
            end.run();
        }
    }

    private void pauseRedis(Duration lasting) throws IOException {
        try (Jedis jedis = redis.connect()) {
            jedis.clientPause(lasting.toMillis());
        }
        StormProvider.sleep(lasting);
    }

    private void configure(String setting, String value) {
        try (Jedis jedis = redis.connect()) {
            jedis.configSet(setting, value);
        }
    }
}
