package com.kt.event.content.provider;

import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * A kind of image API: its requests, and the meaning of its responses. There is one bean per kind. It keeps no state and
 * does no I/O of its own: {@link ProviderCall} sends its requests, and has the configured provider that is called.
 *
 * <p>A request has one of six outcomes: an image, or an {@link ImageFailure} with one of the other five
 * {@link CallOutcome}s.
 */
public interface ImageProvider {
    /** The name in {@code content.providers.<name>.type}. */
    String type();

    /** The base URL where none is configured; empty if each installation has its own. */
    default Optional<String> defaultUrl() {
        return Optional.empty();
    }

    /**
     * The faults of a configured provider, each a sentence without its first words: "size must be …". They stop the start.
     * An unknown model is no fault.
     */
    default List<String> faults(ProviderConfig config) {
        return List.of();
    }

    /** Requests one image, once. Fails with {@link ImageFailure}. */
    Uni<ResponseImage> generate(ImageRequest request, ProviderCall call);

    /**
     * Asks for the outcome of an earlier call, which costs nothing. Fails with {@link ImageFailure}.
     *
     * @param id as passed to {@link ProviderCall#recordId}
     */
    default Uni<ResponseImage> resume(String id, ProviderCall call) {
        return Uni.createFrom()
                .failure(ImageFailure.unknown(ImageFailure.Reason.ERROR, "an earlier call cannot be asked for"));
    }

    /**
     * Asks, by the cheapest request that generates nothing, whether the key is accepted and the model is known. Fails with
     * {@link ImageFailure}.
     */
    default Uni<ProviderStatus> status(ProviderCall call) {
        return Uni.createFrom().failure(ImageFailure.badRequest("the image API cannot be asked for a model"));
    }
}
