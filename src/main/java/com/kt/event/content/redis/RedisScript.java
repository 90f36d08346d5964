package com.kt.event.content.redis;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script, from {@code src/main/resources/redis}. Redis knows it by the SHA-1 digest of its text once it has run it.
 *
 * @param text as it is in the file
 * @param digest in lower-case hexadecimal digits, as EVALSHA takes it
 */
public record RedisScript(String text, String digest) {
    /**
     * Reads a script. Meant for static fields: in the native executable that happens during the build, so that the files
     * need not be in it.
     *
     * @param name the file below {@code redis}, without the extension: {@code job/claim}
     */
    public static RedisScript load(String name) {
        String file = "/redis/" + name + ".lua";
        try (InputStream script = RedisScript.class.getResourceAsStream(file)) {
            if (script == null) {
                throw new FileNotFoundException(file);
            }
            return of(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedisScript of(String text) {
        return new RedisScript(text, sha1(text));
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
