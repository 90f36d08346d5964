package com.kt.event.content.settings;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.redis.client.impl.RedisURI;

/** The rules for Redis addresses. The client would report a fault with a stack trace. */
final class RedisAddresses {
    private static final Set<String> PROTOCOLS = Set.of("redis", "rediss", "unix");

    private RedisAddresses() {
    }

    /** The fault of a list of addresses as the end of a sentence; empty if it has none. Never quotes them. */
    static Optional<String> fault(String list) {
        for (String address : list.split(",", -1)) {
            Optional<String> fault = address.isBlank() ? Optional.empty() : faultOfOne(address.strip());
            if (fault.isPresent()) {
                return fault;
            }
        }
        return count(list) == 0 && !list.isBlank() ? Optional.of("contains no address") : Optional.empty();
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
                return Optional.of("has a database that is not a number from 0");
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of("has a database that is not a number from 0");
        } catch (Exception e) {
            // The client's message quotes the address, password included.
            return Optional.of("is not an address such as redis://redis.example:6379");
        }
    }
}
