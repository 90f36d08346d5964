package com.kt.event.content.api.problem;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import io.vertx.ext.web.RoutingContext;

/**
 * Identifies a request in its response, in a problem and in the log: the id that the client or the gateway sent, or a
 * UUID. An id with characters that could be misread there is replaced.
 */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    /** The member of a problem, and the key in the log's MDC. */
    public static final String NAME = "requestId";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._+/=:-]{1,128}");

    private RequestId() {
    }

    /** Assigns the id at the first call: the router refuses a path without a slash before any handler runs. */
    public static String of(RoutingContext event) {
        String assigned = event.get(NAME);
        return assigned == null ? assign(event) : assigned;
    }

    private static String assign(RoutingContext event) {
        String sent = event.request().getHeader(HEADER);
        String id = sent != null && ID.matcher(sent).matches() ? sent : create();
        event.put(NAME, id);
        event.response().putHeader(HEADER, id);
        return id;
    }

    /** The id is no secret, so it need not come from the JDK's slow secure random generator. */
    private static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = random.nextLong() & ~0xF000L | 0x4000L;
        long variant2 = random.nextLong() & ~0xC000_0000_0000_0000L | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2).toString();
    }
}
