package com.kt.event.content.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.smallrye.mutiny.Uni;

/** Records nothing, for tests that are only about the image. */
public class NoLedger implements CallLedger {
    @Override
    public boolean hadServerError() {
        return false;
    }

    @Override
    public Instant lastServerError() {
        return null;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofMinutes(50);
    }

    @Override
    public String lastProvider() {
        return null;
    }

    @Override
    public String openId() {
        return null;
    }

    @Override
    public Collection<String> refusedBy() {
        return List.of();
    }

    @Override
    public Uni<Void> recordModerationRefusal() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> recordId(String id) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public void made(MadeImage image) {
        // Not recorded.
    }

    @Override
    public Uni<Void> recordCall(String provider) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> recordRefusal() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> recordServerError() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> recordNotSent() {
        return Uni.createFrom().voidItem();
    }
}
