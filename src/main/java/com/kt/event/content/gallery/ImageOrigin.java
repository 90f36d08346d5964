package com.kt.event.content.gallery;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Where an image comes from. Its JSON is stored with the record of a published image.
 *
 * @param provider the configured name
 * @param model as the provider named it, else as configured
 * @param prompt as it was sent; for operators only
 * @param requestId by which the provider's support finds the request; null if it is not known
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageOrigin(String provider, String model, String prompt, String requestId) {
}
