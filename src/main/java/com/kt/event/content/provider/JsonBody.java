package com.kt.event.content.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.kt.event.content.image.Spools;

import io.vertx.core.buffer.Buffer;

/**
 * JSON that arrives in pieces. A long text in it is an image as a rule: it is decoded from base64 at once and spooled, and a
 * placeholder takes its place, so that little is left for the parser.
 */
final class JsonBody implements ByteSink {
    /** Longer than a URL, a reason or a revised prompt. */
    static final int LONG = 16 * 1024;
    /** The most that is left to the parser: a response has a few hundred bytes beside the image. */
    static final int MAX_REST = 128 * 1024;
    /** A response with one image and its drafts has a handful. */
    private static final int MAX_LONG_TEXTS = 8;

    private final Spools spools;
    private final Map<String, Base64Text> longTexts = new HashMap<>();
    private Buffer rest = Buffer.buffer();
    /** Where the text begins in {@link #rest}; -1 outside of texts. */
    private int textStart = -1;
    /** Whether the next character of a text is escaped. */
    private boolean isEscaped;
    /** Null unless a long text arrives. */
    private JsonText longText;
    private boolean isBehindLongText;
    private boolean isReadable = true;

    JsonBody(Spools spools) {
        this.spools = spools;
    }

    @Override
    public void accept(byte[] bytes, int count) throws IOException {
        for (int at = 0; at < count && isReadable;) {
            if (longText != null) {
                at = longText(bytes, at, count);
            } else if (textStart >= 0) {
                at = text(bytes, at, count);
            } else {
                at = outside(bytes, at, count);
            }
            isReadable &= rest.length() <= MAX_REST && longTexts.size() <= MAX_LONG_TEXTS;
        }
    }

    private int outside(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '"') {
            if (isBehindLongText && bytes[at] > ' ') {
                isBehindLongText = false;
                // The name of a field, which no parser has to take.
                isReadable &= bytes[at] != ':';
            }
            at++;
        }
        int end = Math.min(at + 1, to);
        rest.appendBytes(bytes, from, end - from);
        textStart = at < to ? rest.length() : -1;
        return end;
    }

    private int text(byte[] bytes, int from, int to) throws IOException {
        int room = LONG - (rest.length() - textStart);
        int most = Math.min(to, from + room);
        int quote = quote(bytes, from, most);
        int end = quote < 0 ? most : quote + 1;
        rest.appendBytes(bytes, from, end - from);
        if (quote >= 0) {
            textStart = -1;
        } else if (end - from == room) {
            becomeLong();
        }
        return end;
    }

    private void becomeLong() throws IOException {
        byte[] beginning = rest.getBytes(textStart, rest.length());
        String name = "long text " + longTexts.size();
        Base64Text base64 = new Base64Text(spools.newSpool());
        longTexts.put(name, base64);
        longText = new JsonText(base64);
        longText.accept(beginning, 0, beginning.length);
        rest = rest.getBuffer(0, textStart).appendString(name);
    }

    private int longText(byte[] bytes, int from, int to) throws IOException {
        int quote = quote(bytes, from, to);
        int end = quote < 0 ? to : quote;
        longText.accept(bytes, from, end);
        if (quote < 0) {
            return end;
        }
        rest.appendByte((byte) '"');
        longText = null;
        textStart = -1;
        isBehindLongText = true;
        return end + 1;
    }

    /** Where the text ends; -1 if it goes on. */
    private int quote(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isEscaped) {
                isEscaped = false;
            } else if (bytes[i] == '\\') {
                isEscaped = true;
            } else if (bytes[i] == '"') {
                return i;
            }
        }
        return -1;
    }

    /**
     * The JSON, with placeholders for long texts.
     *
     * @throws IOException if it is no JSON of a usable size
     */
    byte[] rest() throws IOException {
        if (!isReadable) {
            throw new IOException("more than a response has");
        }
        return rest.getBytes();
    }

    int restLength() {
        return rest.length();
    }

    boolean hasLongText() {
        return !longTexts.isEmpty();
    }

    boolean isLong(String text) {
        return longTexts.containsKey(text);
    }

    /** Decodes a text of the JSON, long or not; to be called once. */
    Base64Text base64(String text) throws IOException {
        Base64Text base64 = longTexts.get(text);
        if (base64 == null) {
            base64 = new Base64Text(spools.newSpool());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            base64.accept(bytes, 0, bytes.length);
        }
        return base64;
    }
}
