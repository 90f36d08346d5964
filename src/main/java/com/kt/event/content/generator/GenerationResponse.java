package com.kt.event.content.generator;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The answer to a {@link GenerationRequest}, as far as we need it: a picture's bytes, or the address of one. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record GenerationResponse(List<Item> data) {
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(@JsonProperty("b64_json") byte[] bytes, URI url) {
    }
}
