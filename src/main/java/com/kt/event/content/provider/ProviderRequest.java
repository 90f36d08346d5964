package com.kt.event.content.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** An HTTP request to a provider. {@code Accept} is {@code application/json} unless it is set. */
public final class ProviderRequest {
    private static final String JSON = "application/json";

    private final HttpAddress address;
    private final RequestOptions options;
    private final Buffer content;

    private ProviderRequest(HttpAddress address, HttpMethod method, Buffer content) {
        this.address = address;
        this.options = address.request().setMethod(method);
        this.content = content;
    }

    public static ProviderRequest get(HttpAddress address) {
        return new ProviderRequest(address, HttpMethod.GET, Buffer.buffer());
    }

    public static ProviderRequest postJson(HttpAddress address, Buffer json) {
        return post(address, JSON, json);
    }

    public static ProviderRequest post(HttpAddress address, String contentType, Buffer content) {
        return new ProviderRequest(address, HttpMethod.POST, content).header(HttpHeaders.CONTENT_TYPE, contentType);
    }

    /** Replaces a header. An invalid value, which may be a key, is not quoted in the failure. */
    public ProviderRequest header(CharSequence name, String value) {
        try {
            options.putHeader(name, value);
            return this;
        } catch (IllegalArgumentException e) {
            throw new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Billing.NONE,
                    "the value of the header " + name + " is not valid");
        }
    }

    /** With the key as a bearer token, if there is one. */
    public ProviderRequest bearer(ProviderConfig config) {
        return config.key().map(key -> header(HttpHeaders.AUTHORIZATION, "Bearer " + key)).orElse(this);
    }

    RequestOptions options(String userAgent) {
        if (options.getHeaders() == null || !options.getHeaders().contains(HttpHeaders.ACCEPT)) {
            options.putHeader(HttpHeaders.ACCEPT, JSON);
        }
        return options.putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.USER_AGENT, userAgent);
    }

    /** Whether an image is requested. Nothing else is posted. */
    boolean isPaid() {
        return options.getMethod() == HttpMethod.POST;
    }

    HttpAddress address() {
        return address;
    }

    Buffer content() {
        return content;
    }
}
