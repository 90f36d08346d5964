package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;

class ScheduleEndTest {
    private final EventLoopGroup eventLoops = new NioEventLoopGroup(2);
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final CountDownLatch busy = new CountDownLatch(1);

    @AfterEach
    void end() {
        busy.countDown();
        eventLoops.shutdownGracefully();
    }

    @Test
    void waitsForTicksThatBusyEventLoopsHaveNotBegun() {
        for (EventExecutor eventLoop : eventLoops) {
            eventLoop.execute(this::block);
            eventLoop.execute(() -> order.add("tick"));
        }

        CompletableFuture<Void> stopped = CompletableFuture
                .runAsync(() -> new ScheduleEnd(this::pause, eventLoops).stop())
                .thenRun(() -> order.add("stopped"));

        assertThat(stopped).succeedsWithin(PatientAwaitility.LIMIT);
        assertThat(order).containsExactly("paused", "tick", "tick", "stopped");
    }

    @Test
    void endsAlthoughAnEventLoopStaysBusy() {
        eventLoops.next().execute(this::block);

        new ScheduleEnd(() -> order.add("paused"), eventLoops).stop();

        assertThat(order).containsExactly("paused");
    }

    private void pause() {
        order.add("paused");
        busy.countDown();
    }

    private void block() {
        try {
            busy.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
