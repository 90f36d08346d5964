package com.kt.event.content.provider;

import com.kt.event.content.image.Spool;

/**
 * The image in a response, not checked yet: its bytes, or its address and no bytes.
 *
 * @param model the model that the response names; null if it names none
 * @param requestId by which the provider's support finds the request; null if it is not known
 */
public record ResponseImage(Spool bytes, HttpAddress address, String model, Usage usage, String requestId) {
    ResponseImage(Spool bytes, HttpAddress address) {
        this(bytes, address, null, Usage.UNKNOWN, null);
    }

    public ResponseImage withModel(String named) {
        return new ResponseImage(bytes, address, named, usage, requestId);
    }

    public ResponseImage withUsage(Usage reported) {
        return new ResponseImage(bytes, address, model, reported, requestId);
    }

    /** Keeps the present one if the other is no id. */
    public ResponseImage withRequestId(String other) {
        String id = RequestId.plain(other);
        return id == null ? this : new ResponseImage(bytes, address, model, usage, id);
    }
}
