package com.kt.event.content.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Image formats, recognized by their first bytes. The media type that the provider declares is ignored. */
public enum ImageFormat {
    /** Signature: W3C PNG, section 5.2. */
    PNG("png", "image/png") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n");
        }
    },
    /** Start-of-image marker and the first byte of the next marker: ITU T.81, annex B. */
    JPEG("jpg", "image/jpeg") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, "\u00ff\u00d8\u00ff");
        }
    },
    /** A RIFF container of the form type WEBP: RFC 9649, section 2.4. */
    WEBP("webp", "image/webp") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP");
        }
    },
    SVG("svg", "image/svg+xml") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, "<svg ");
        }
    };

    private final String extension;
    private final String mediaType;

    ImageFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** The file extension, without the dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    abstract boolean begins(byte[] bytes);

    public static Optional<ImageFormat> of(byte[] bytes) {
        return Stream.of(values()).filter(format -> format.begins(bytes)).findFirst();
    }

    private static boolean startsWith(byte[] bytes, int offset, String signature) {
        byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
        int end = offset + expected.length;
        return bytes.length >= end && Arrays.equals(bytes, offset, end, expected, 0, expected.length);
    }
}
