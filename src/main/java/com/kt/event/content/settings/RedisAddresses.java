package com.kt.event.content.settings;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.redis.client.impl.RedisURI;

/** What the addresses of Redis may be, which its client finds out with a stack trace. */
final class RedisAddresses {
    private static final Set<String> PROTOCOLS = Set.of("redis", "rediss", "unix");

    private RedisAddresses() {
    }

    /** What is wrong with them, in words that follow "it"; empty where nothing is. Never quotes them. */
    static Optional<String> fault(String list) {
        for (String address : list.split(",", -1)) {
            Optional<String> fault = address.isBlank() ? Optional.empty() : faultOfOne(address.strip());
            if (fault.isPresent()) {
                return fault;
            }
        }
        return count(list) == 0 && !list.isBlank() ? Optional.of("holds no address") : Optional.empty();
    }

    static long count(String list) {
        return Stream.of(list.split(",")).filter(address -> !address.isBlank()).count();
    }

    private static Optional<String> faultOfOne(String text) {
        try {
            URI address = new URI(text);
            if (address.getScheme() == null || !PROTOCOLS.contains(address.getScheme())) {
                return Optional.of("must begin with redis:// or rediss://");
            }
            if (address.getPort() != -1 && !HttpAddresses.isPort(address.getPort())) {
                return Optional.of("has a port that is not from 1 to " + HttpAddresses.MAX_PORT);
            }
            RedisURI parsed = new RedisURI(text);
            if (parsed.select() != null && parsed.select() < 0) {
                return Optional.of("has a database that is no number from 0 on");
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of("has a database that is no number from 0 on");
        } catch (Exception e) {
            // The client's message quotes the address, password included.
            return Optional.of("is no address such as redis://redis.example:6379");
        }
    }
}
