package com.kt.event.content.api.http;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;

/**
 * Corrects the X-Forwarded headers before Quarkus computes the request's address from them, which Location, instance and
 * CORS use. Quarkus decides whether the gateway is trusted. But it accepts any text as a prefix, even
 * {@code //other.example}, drops the port of Host if the scheme is forwarded, and never responds if the forwarded client is
 * empty (3.34.1, ForwardedParser). An invalid value is removed.
 */
final class ForwardedHeaders {
    private static final CharSequence PROTO = AsciiString.cached("X-Forwarded-Proto");
    private static final CharSequence SSL = AsciiString.cached("X-Forwarded-Ssl");
    private static final CharSequence HOST = AsciiString.cached("X-Forwarded-Host");
    private static final CharSequence PORT = AsciiString.cached("X-Forwarded-Port");
    private static final CharSequence PREFIX = AsciiString.cached("X-Forwarded-Prefix");
    private static final CharSequence FOR = AsciiString.cached("X-Forwarded-For");

    /** A name, an IPv4 address or an IPv6 address in brackets, optionally with a port; no other part of a URI. */
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{0,5}))?");

    /** Segments of unreserved or percent-encoded characters (RFC 3986, 3.3); the last may be empty. */
    private static final Pattern PATH = Pattern.compile("(?:/(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+)*/?");
    /** A browser resolves dot segments, also percent-encoded ones. */
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(?:\\.|%2[Ee]){1,2}(?=/|$)");
    private static final int MAX_PATH_LENGTH = 256;

    private static final Pattern PORT_NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final int MAX_PORT = 65_535;

    private ForwardedHeaders() {
    }

    static void correct(HttpServerRequest request) {
        MultiMap headers = request.headers();
        removeInvalidHost(request, headers);
        keep(headers, PROTO, ForwardedHeaders::scheme);
        keep(headers, HOST, ForwardedHeaders::authority);
        keep(headers, PORT, ForwardedHeaders::port);
        keep(headers, FOR, ForwardedHeaders::client);
        keepPrefix(headers);
        if (!headers.contains(HOST) && !headers.contains(PORT)) {
            keepPortOfHost(request, headers);
        }
    }

    /** Quarkus would read {@code user:pw@host} as the host "user". Without a Host the request is refused. */
    private static void removeInvalidHost(HttpServerRequest request, MultiMap headers) {
        if (request.version() != HttpVersion.HTTP_2 && headers.contains(HttpHeaderNames.HOST)
                && (request.authority() == null || headers.getAll(HttpHeaderNames.HOST).size() > 1)) {
            headers.remove(HttpHeaderNames.HOST);
        }
    }

    /** Each gateway appends the value that it received, so the first one is the client's. */
    private static void keep(MultiMap headers, CharSequence name, UnaryOperator<String> check) {
        String sent = headers.get(name);
        if (sent == null) {
            return;
        }
        int comma = sent.indexOf(',');
        set(headers, name, check.apply((comma < 0 ? sent : sent.substring(0, comma)).trim()));
    }

    private static void set(MultiMap headers, CharSequence name, String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.set(name, value);
        }
    }

    private static String scheme(String value) {
        String scheme = value.toLowerCase(Locale.ROOT);
        return RequestLimits.isScheme(scheme) ? scheme : null;
    }

    private static String authority(String value) {
        Matcher parts = AUTHORITY.matcher(value);
        if (!parts.matches() || HostAndPort.parseAuthority(value, -1) == null) {
            return null;
        }
        String port = parts.group(2) == null ? null : port(parts.group(2));
        return port == null ? parts.group(1) : parts.group(1) + ":" + port;
    }

    private static String port(String value) {
        int port = PORT_NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        return port > 0 && port <= MAX_PORT ? Integer.toString(port) : null;
    }

    /** Only an access log may use it, but Quarkus never responds if it is empty. */
    private static String client(String value) {
        return AUTHORITY.matcher(value).matches() || NetUtil.isValidIpV6Address(value) ? value : null;
    }

    /** Each gateway appends the prefix that it removed, so the client's path began with all of them in order. */
    private static void keepPrefix(MultiMap headers) {
        if (!headers.contains(PREFIX)) {
            return;
        }
        List<String> paths = headers.getAll(PREFIX).stream().flatMap(value -> Stream.of(value.split(",")))
                .map(String::trim).toList();
        String prefix = String.join("", paths.stream().map(path -> path.replaceFirst("/$", "")).toList());
        set(headers, PREFIX, !prefix.isEmpty() && prefix.length() <= MAX_PATH_LENGTH
                && paths.stream().allMatch(ForwardedHeaders::isPath) ? prefix : null);
    }

    private static boolean isPath(String value) {
        return PATH.matcher(value).matches() && !DOT_SEGMENT.matcher(value).find();
    }

    /**
     * Copies the port of Host to X-Forwarded-Host, from which Quarkus keeps it. Not the default port of the other scheme:
     * a gateway behind one that terminates TLS may have written its own port 80 into Host.
     */
    private static void keepPortOfHost(HttpServerRequest request, MultiMap headers) {
        String scheme = "on".equalsIgnoreCase(headers.get(SSL)) ? "https" : headers.get(PROTO);
        if (scheme == null) {
            return;
        }
        HostAndPort host = request.authority();
        if (host != null && host.port() > 0 && host.port() != (scheme.equals("https") ? 80 : 443)) {
            headers.set(HOST, host.host() + ":" + host.port());
        }
    }
}
