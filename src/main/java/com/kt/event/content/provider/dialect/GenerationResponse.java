package com.kt.event.content.provider.dialect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.provider.Moderation;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The response to a {@link GenerationRequest}: an image in base64, or the URL of one. The other fields differ between
 * providers; {@link Moderation} interprets them.
 */
@RegisterForReflection
public record GenerationResponse(List<Item> data, @JsonAnySetter Map<String, JsonNode> rest) {
    public GenerationResponse {
        rest = rest == null ? Map.of() : rest;
    }

    public Stream<Item> items() {
        return data == null ? Stream.empty() : data.stream().filter(Objects::nonNull);
    }

    /** The error in the response or in one of its images. */
    public Optional<JsonNode> error() {
        return Stream.concat(Stream.of(rest), items().map(Item::rest))
                .flatMap(fields -> Stream.of("error", "errors").map(fields::get))
                .filter(Moderation::isFilled).findFirst();
    }

    /** The image. Only one is requested; if drafts precede it, the last one is the result. */
    public Optional<Item> image() {
        return items().filter(Item::isImage).reduce((draft, last) -> last);
    }

    /** Providers may leave the unused one of the two fields empty, so an empty text counts as absent. */
    @RegisterForReflection
    public record Item(@JsonProperty("b64_json") String base64, String url, @JsonAnySetter Map<String, JsonNode> rest) {
        public Item {
            base64 = base64 == null || base64.isBlank() ? null : base64;
            url = url == null || url.isBlank() ? null : url;
            rest = rest == null ? Map.of() : rest;
        }

        public boolean isImage() {
            return base64 != null || url != null;
        }
    }
}
