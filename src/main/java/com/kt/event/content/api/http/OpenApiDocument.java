package com.kt.event.content.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The OpenAPI document as the repository stores it (src/main/openapi), in both formats. The native executable contains it
 * in its heap; the JVM reads it with the first request for it.
 */
enum OpenApiDocument {
    JSON("application/json", "/openapi/openapi.json"), YAML("application/yaml", "/openapi/openapi.yaml");

    /** Characters of the digest. */
    private static final int TAG_LENGTH = 16;

    private final String mediaType;
    private final byte[] bytes;
    private final String opaqueTag;

    OpenApiDocument(String mediaType, String resource) {
        this.mediaType = mediaType;
        bytes = read(resource);
        opaqueTag = digest(bytes);
    }

    private static byte[] read(String resource) {
        try (InputStream document = OpenApiDocument.class.getResourceAsStream(resource)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, TAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The document in the format of the path's extension; without one in JSON if the query or Accept says so, and in YAML
     * otherwise. These are the rules of Quarkus's own endpoint.
     *
     * @param format the parameter of the query, or null
     * @param accept the header, or null
     */
    static OpenApiDocument requested(String path, String format, String accept) {
        if (path.endsWith(".json")) {
            return JSON;
        }
        if (path.endsWith(".yaml") || path.endsWith(".yml")) {
            return YAML;
        }
        return "json".equalsIgnoreCase(format) || accept != null && accept.contains(JSON.mediaType) ? JSON : YAML;
    }

    String contentType() {
        return mediaType + ";charset=UTF-8";
    }

    byte[] bytes() {
        return bytes;
    }

    /** The header ETag. */
    String entityTag() {
        return '"' + opaqueTag + '"';
    }

    /** Whether a client that sent these If-None-Match headers has the document already. */
    boolean isKnown(List<String> ifNoneMatch) {
        return EntityTag.isAny(ifNoneMatch)
                || EntityTag.parse(ifNoneMatch).anyMatch(tag -> tag.opaque().equals(opaqueTag));
    }
}
