package com.kt.event.content.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisServersTest {
    @ParameterizedTest
    @CsvSource({
            "redis://a:7000, b, redis://b:7001",
            "redis://a:7000, '', redis://a:7001",
            "redis://[::1]:7000, '', redis://[::1]:7001",
            "redis://a:7000, 2001:db8::7, redis://[2001:db8::7]:7001",
            "rediss://me:p%40ss@a:7000, 10.0.0.7, rediss://me:p%40ss@10.0.0.7:7001",
            "redis://a:7000?password=p%40ss, b, redis://b:7001?password=p%40ss"})
    void reachesAnotherServerInTheSameWay(URI known, String host, String address) {
        assertThat(RedisServers.address(known, host, 7001)).isEqualTo(address);
    }
}
