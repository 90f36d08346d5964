package com.kt.event.content.provider;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.settings.HttpAddresses;

import io.vertx.core.http.RequestOptions;

/**
 * An http URL, parsed as browsers do (WHATWG URL Standard, the parts about http). {@link java.net.URI} rejects blanks,
 * Hangul, brackets, single percent signs, and hosts with an underscore.
 *
 * @param target path and query, as they are sent
 */
public record HttpAddress(boolean tls, String host, int port, String target) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
    private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9._-]+:[0-9]{1,5}(?:[/?].*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(?:.*@)?(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:]+)(?::([0-9]*))?");
    private static final Pattern FORBIDDEN_IN_A_HOST = Pattern.compile("[\\x00-\\x20\\x7f#/:<>?@\\[\\\\\\]^|%]");
    private static final Pattern LINE_BREAK = Pattern.compile("[\\t\\r\\n]");
    private static final Pattern LEADING_SLASHES = Pattern.compile("^[/\\\\]*");
    private static final Pattern AUTHORITY_END = Pattern.compile("[/\\\\?]");
    private static final Pattern ENCODED_DOT = Pattern.compile("(?i)%2e");
    private static final Pattern VERSION = Pattern.compile("[^?]*/v[0-9]+[a-z0-9]*/?(?:[?].*)?");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** @throws IllegalArgumentException if it is not a valid http URL */
    public static HttpAddress of(String text) {
        return read(clean(text), null);
    }

    /** Resolves a link in a document from here. */
    public HttpAddress resolve(String link) {
        return read(clean(link), this);
    }

    /** Resolves the value of a header, in which each character that is not ASCII stands for one byte. */
    HttpAddress resolveHeader(String location) {
        StringBuilder link = new StringBuilder();
        location.chars().forEach(c -> link.append(c < 0x80 ? "" + (char) c : String.format("%%%02X", c)));
        return resolve(link.toString());
    }

    /** Appends a path; a query stays at the end. */
    public HttpAddress below(String path) {
        int query = target.indexOf('?');
        String folder = query < 0 ? target : target.substring(0, query);
        String base = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        return new HttpAddress(tls, host, port, base + path + (query < 0 ? "" : target.substring(query)));
    }

    /** Appends a version, such as {@code /v1}, unless the path ends with any version already. */
    public HttpAddress withVersion(String version) {
        return VERSION.matcher(target).matches() ? this : below(version);
    }

    /** Without the method. */
    RequestOptions request() {
        return new RequestOptions().setSsl(tls).setHost(host).setPort(port).setURI(target);
    }

    /** Removes blanks around it, line breaks in it, and the fragment, which is never sent. */
    private static String clean(String text) {
        String stripped = LINE_BREAK.matcher(text).replaceAll("").strip();
        int fragment = stripped.indexOf('#');
        return fragment < 0 ? stripped : stripped.substring(0, fragment);
    }

    private static HttpAddress read(String text, HttpAddress base) {
        Matcher scheme = SCHEME.matcher(text);
        if (HOST_AND_PORT.matcher(text).matches()) {
            return absolute(false, text);
        }
        if (scheme.matches()) {
            String name = scheme.group(1).toLowerCase(Locale.ROOT);
            if (!SCHEMES.contains(name)) {
                throw new IllegalArgumentException("not an http URL");
            }
            return absolute(name.equals("https"), scheme.group(2));
        }
        if (base == null) {
            throw new IllegalArgumentException("not an absolute URL");
        }
        return base.relative(text.replace('\\', '/'));
    }

    private HttpAddress relative(String text) {
        if (text.startsWith("//")) {
            return absolute(tls, text);
        }
        String path = target.replaceFirst("\\?.*", "");
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        String start = text.startsWith("/") ? "" : text.startsWith("?") ? path : text.isEmpty() ? target : folder;
        return new HttpAddress(tls, host, port, target(start + text));
    }

    /** Any number of slashes may precede the host. */
    private static HttpAddress absolute(boolean tls, String text) {
        String rest = LEADING_SLASHES.matcher(text).replaceFirst("");
        Matcher end = AUTHORITY_END.matcher(rest);
        int authorityEnd = end.find() ? end.start() : rest.length();
        Matcher authority = AUTHORITY.matcher(rest.substring(0, authorityEnd));
        if (!authority.matches()) {
            throw new IllegalArgumentException("a URL without a host");
        }
        return new HttpAddress(tls, host(authority.group(1)), port(authority.group(2), tls),
                target(rest.substring(authorityEnd)));
    }

    private static String host(String text) {
        if (text.startsWith("[")) {
            return text;
        }
        String decoded = text.contains("%")
                ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)
                : text;
        boolean ascii = decoded.chars().allMatch(c -> c < 128);
        String host = (ascii ? decoded : IDN.toASCII(decoded, IDN.ALLOW_UNASSIGNED)).toLowerCase(Locale.ROOT);
        if (host.isEmpty() || FORBIDDEN_IN_A_HOST.matcher(host).find()) {
            throw new IllegalArgumentException("a URL with an invalid host");
        }
        return host;
    }

    private static int port(String text, boolean tls) {
        if (text == null || text.isEmpty()) {
            return tls ? 443 : 80;
        }
        int port = text.length() > 5 ? -1 : Integer.parseInt(text);
        if (!HttpAddresses.isPort(port)) {
            throw new IllegalArgumentException("a URL with an invalid port");
        }
        return port;
    }

    private static String target(String text) {
        int query = text.indexOf('?');
        String path = (query < 0 ? text : text.substring(0, query)).replace('\\', '/');
        return escaped(withoutDots(path), "\"<>`{}^") + (query < 0 ? "" : escaped(text.substring(query), "\"<>'"));
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            String plain = ENCODED_DOT.matcher(segments[i]).replaceAll(".");
            if (plain.equals("..")) {
                kept.pollLast();
            }
            if (!plain.equals(".") && !plain.equals("..")) {
                kept.addLast(segments[i]);
            } else if (last) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Escapes UTF-8 bytes; existing escapes stay as they are, because the URL may be signed. */
    private static String escaped(String text, String special) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && special.indexOf(b) < 0) {
                escaped.append((char) b);
            } else {
                escaped.append(String.format("%%%02X", b & 0xff));
            }
        }
        return escaped.toString();
    }
}
