package com.kt.event.content.provider.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Body of {@code POST /images/generations}: OpenAI API reference, "Create image". Fields that are null are not sent. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record GenerationRequest(String model, String prompt, int n, String size, String quality,
        @JsonProperty("output_format") String format) {
}
