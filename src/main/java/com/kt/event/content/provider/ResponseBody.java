package com.kt.event.content.provider;

import java.io.IOException;

import com.kt.event.content.image.Spool;
import com.kt.event.content.image.Spools;

/**
 * The body of a successful response. What arrives is passed on at once; if it is compressed, which nobody asked for, it is
 * spooled and passed on afterwards.
 */
final class ResponseBody {
    private final ByteSink plain;
    private final Spools spools;
    private final long maxBytes;
    private String coding;
    /** Null unless the body is compressed. */
    private volatile Spool compressed;

    /** @param maxBytes of what is passed on, and of what arrives */
    ResponseBody(ByteSink plain, Spools spools, long maxBytes) {
        this.plain = plain;
        this.spools = spools;
        this.maxBytes = maxBytes;
    }

    long maxBytes() {
        return maxBytes;
    }

    /** @param coding the value of {@code Content-Encoding}; may be null */
    void begin(String coding) {
        this.coding = coding;
        if (coding != null) {
            compressed = spools.newSpool();
        }
    }

    /** Not for event loops, unless it is the whole of a short body. */
    void accept(byte[] bytes, int count) throws IOException {
        if (compressed != null) {
            compressed.write(bytes, 0, count);
        } else {
            plain.accept(bytes, count);
        }
    }

    /** Whether more can be accepted now. */
    boolean hasRoom() {
        return spools.haveRoom();
    }

    boolean isCompressed() {
        return compressed != null;
    }

    /**
     * To be called once the whole body has arrived. Not for event loops if it is compressed.
     *
     * @throws IOException if the content is damaged
     */
    void decompress() throws IOException {
        if (compressed != null) {
            ContentCoding.undo(coding, compressed::stream, maxBytes, plain);
            spools.drop(compressed);
        }
    }
}
