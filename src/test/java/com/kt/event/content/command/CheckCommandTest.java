package com.kt.event.content.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.TimeoutException;

class CheckCommandTest {
    @Test
    void saysInOneLineWhyRedisCannotBeReadAndHidesThePassword() {
        Throwable failure = new RuntimeException(
                new IOException("cannot connect to\n redis://shop:p@ss@redis.example:6379"));

        assertThat(CheckCommand.reason(failure)).isEqualTo("cannot connect to redis://***@redis.example:6379");
    }

    @Test
    void saysForHowLongItWaited() {
        assertThat(CheckCommand.reason(new TimeoutException())).matches("it did not answer within [0-9]+ s");
    }
}
