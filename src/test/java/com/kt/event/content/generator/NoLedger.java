package com.kt.event.content.generator;

import java.time.Instant;

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
    public Uni<Void> recordCall() {
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
