package com.kt.event.content.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vertx.core.http.HttpClosedException;

class ProblemSignerTest {
    static Stream<Throwable> failuresOfAClientThatHasGone() {
        return Stream.of(new ClosedChannelException(), new ClosedChannelException() {
            private static final long serialVersionUID = 1L;
        }, new HttpClosedException("Connection was closed"));
    }

    static Stream<Throwable> others() {
        return Stream.of(new IOException("No space left on device"), new IllegalStateException(), new Error());
    }

    @ParameterizedTest
    @MethodSource("failuresOfAClientThatHasGone")
    void knowsAClientThatHasGone(Throwable failure) {
        assertThat(ProblemSigner.isClientGone(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("others")
    void reportsAllOthers(Throwable failure) {
        assertThat(ProblemSigner.isClientGone(failure)).isFalse();
    }
}
