package com.kt.event.content.generator;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Body of {@code POST /images/generations}: OpenAI API reference, "Create image". Parts that are null are not sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GenerationRequest(String model, String prompt, int n, String size, String quality) {
}
