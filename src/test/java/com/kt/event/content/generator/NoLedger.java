package com.kt.event.content.generator;

import java.time.Instant;

import io.smallrye.mutiny.Uni;

/** For tests that look at an image and not at what is written down of it. */
public class NoLedger implements CallLedger {
    @Override
    public boolean brokeDown() {
        return false;
    }

    @Override
    public Instant brokeDownAt() {
        return null;
    }

    @Override
    public Uni<Void> calling() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> refused() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> brokenDown() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> notSent() {
        return Uni.createFrom().voidItem();
    }
}
