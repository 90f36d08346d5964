package com.kt.event.content.api.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.MDC;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What a request is known by in the answer, in a problem and in the log: what the client or the gateway calls it, or a
 * UUID. A name that could confuse whoever reads it there is replaced.
 */
@ApplicationScoped
public class RequestId {
    static final String HEADER = "X-Request-Id";

    /** The member of a problem, and the key in the log's MDC. */
    public static final String NAME = "requestId";

    /** Before all that answers requests. */
    private static final int ORDER = RequestLimits.FRAMING_ORDER - 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._+/=:-]{1,128}");

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(event -> {
            MDC.put(NAME, of(event));
            event.next();
        });
    }

    /** Assigned where no handler has seen the request: the router itself refuses a path without a slash. */
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

    /** Nobody gains anything by guessing it, so it need not be as random as the JDK's own, which is slow. */
    private static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = random.nextLong() & ~0xF000L | 0x4000L;
        long variant2 = random.nextLong() & ~0xC000_0000_0000_0000L | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2).toString();
    }
}
