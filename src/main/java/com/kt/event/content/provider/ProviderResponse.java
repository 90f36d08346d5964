package com.kt.event.content.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/**
 * A response of a provider. A long text in its JSON, at any place, is decoded from base64 while it arrives, and a placeholder
 * stands for it in what {@link #read} returns; {@link #image} takes the placeholder or a short text. Messages of failures do
 * not quote the response, which may quote the prompt.
 */
public final class ProviderResponse {
    /** In bytes. */
    private static final int SHORT = 4096;

    private static final String LIMIT = "x-ratelimit-limit";
    private static final Pattern ABSOLUTE = Pattern.compile("\\s*https?:", Pattern.CASE_INSENSITIVE);

    private final HttpResponse http;
    private final JsonBody json;
    private final ResponseReader reader;
    private final HttpAddress address;
    private final String requestId;

    /**
     * @param address of the request, to which links in the response are relative
     * @param callId by which the provider can be asked for the outcome; null if there is none
     */
    ProviderResponse(HttpResponse http, JsonBody json, ResponseReader reader, HttpAddress address, String callId) {
        this.http = http;
        this.json = json;
        this.reader = reader;
        this.address = address;
        this.requestId = callId == null ? RequestId.of(http.headers()::get) : callId;
    }

    public int status() {
        return http.status();
    }

    /** The id by which the provider's support finds the request; null if it is not known. */
    public String requestId() {
        return requestId;
    }

    /** Null if there is none. */
    public String header(String name) {
        return http.headers().get(name);
    }

    /** The rate limits that the headers show: such as {@code images} and {@code 3 of 5 left}. */
    public Map<String, String> limits() {
        Map<String, String> limits = new TreeMap<>();
        http.headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(LIMIT)) {
                String suffix = name.substring(LIMIT.length());
                String left = header("x-ratelimit-remaining" + suffix);
                limits.put(suffix.isEmpty() ? "calls" : suffix.substring(1),
                        (left == null ? "" : left + " of ") + header.getValue() + (left == null ? "" : " left"));
            }
        });
        return limits;
    }

    MultiMap headers() {
        return http.headers();
    }

    /** The body of an error, which may be incomplete; not that of a successful response. */
    public String errorText() {
        Buffer text = Buffer.buffer();
        try {
            ContentCoding.undo(header("content-encoding"), () -> new ByteArrayInputStream(http.error().getBytes()),
                    HttpExchange.MAX_ERROR_BYTES, (bytes, count) -> text.appendBytes(bytes, 0, count));
            return text.toString();
        } catch (IOException | ImageFailure e) {
            return "";
        }
    }

    /** The meaning of an error, by its codes and status, for all kinds of image APIs. */
    public ImageFailure failure() {
        return ImageApiFailures.of(status(), this::header, errorText());
    }

    /** The meaning of an error in a successful response. */
    public ImageFailure failure(JsonNode error) {
        return ImageApiFailures.ofErrorInside(error, status(), this::header);
    }

    /** The meaning of a successful response without an image, by all its fields. */
    public ImageFailure noImage(Map<String, JsonNode> fields) {
        return ImageApiFailures.ofNoImage(fields, status(), this::header);
    }

    /**
     * Reads the JSON of a successful response. Unknown fields and fields of an unexpected type are ignored.
     *
     * @param type a record, registered for reflection
     * @throws IOException if it is not JSON
     */
    public <T> T read(Class<T> type) throws IOException {
        T value = reader.read(json, type);
        if (value == null) {
            throw new IOException("no JSON object");
        }
        return value;
    }

    /**
     * The image in a base64 text; or at an address, if a gateway put one there. To be called once.
     *
     * @throws IOException if it is not base64, or cannot be kept
     */
    public ResponseImage image(String base64) throws IOException {
        return isAddress(base64, false) ? linked(base64) : decoded(base64);
    }

    /** The image at an address, absolute or relative; or in a base64 text, if a gateway put one there. */
    public ResponseImage imageAt(String url) throws IOException {
        return isAddress(url, true) ? linked(url) : decoded(url);
    }

    private ResponseImage decoded(String base64) throws IOException {
        return new ResponseImage(json.base64(base64).end(), null).withRequestId(requestId);
    }

    private ResponseImage linked(String url) {
        try {
            return new ResponseImage(null, address.resolve(url)).withRequestId(requestId);
        } catch (IllegalArgumentException e) {
            throw ImageFailure.invalid("the image's URL is not an http URL");
        }
    }

    /** A URL is not long, and base64 has no colon. */
    private boolean isAddress(String image, boolean isUrl) {
        return !json.isLong(image) && !Base64Text.isDataUrl(image)
                && (isUrl || ABSOLUTE.matcher(image).lookingAt());
    }

    /** Whether it takes less time to read than to hand to another thread: one with an address, as a rule. */
    boolean isShort() {
        return json.restLength() <= SHORT && http.error().length() <= SHORT && !json.hasLongText()
                && !http.headers().contains(HttpHeaders.CONTENT_ENCODING);
    }
}
