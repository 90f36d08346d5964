package com.kt.event.content.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The answer to a {@link GenerationRequest}: an image in base64, or the address of one. What else providers say of it
 * they say each in their own way, which is for {@link Moderation} to judge.
 */
@RegisterForReflection
record GenerationResponse(List<Item> data, @JsonAnySetter Map<String, JsonNode> rest) {
    GenerationResponse {
        rest = rest == null ? Map.of() : rest;
    }

    Stream<Item> items() {
        return data == null ? Stream.empty() : data.stream().filter(Objects::nonNull);
    }

    /** The error that it carries, on the whole or on an image. */
    Optional<JsonNode> error() {
        return Stream.concat(Stream.of(rest), items().map(Item::rest))
                .flatMap(fields -> Stream.of("error", "errors").map(fields::get))
                .filter(Moderation::isFilled).findFirst();
    }

    /** The image. We never ask for more than one, and where drafts come along, the last is the one that was meant. */
    Optional<Item> image() {
        return items().filter(Item::isImage).reduce((draft, last) -> last);
    }

    /** An empty text is no image and no address, whichever of the two the provider leaves empty. */
    @RegisterForReflection
    record Item(@JsonProperty("b64_json") String base64, String url, @JsonAnySetter Map<String, JsonNode> rest) {
        Item {
            base64 = base64 == null || base64.isBlank() ? null : base64;
            url = url == null || url.isBlank() ? null : url;
            rest = rest == null ? Map.of() : rest;
        }

        boolean isImage() {
            return base64 != null || url != null;
        }
    }
}
