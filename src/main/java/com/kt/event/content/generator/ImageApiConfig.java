package com.kt.event.content.generator;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

import org.hibernate.validator.constraints.time.DurationMin;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which image API is called, and what is taken from it. */
@ConfigMapping(prefix = "content.image-api")
public interface ImageApiConfig {
    /** The base address, to which {@code /images/generations} is added. */
    URI url();

    /** Sent as a bearer token; without it no Authorization header is sent. */
    Optional<String> key();

    @WithDefault("gpt-image-1")
    @NotBlank
    String model();

    /** Width by height in pixels, as the model knows them. */
    @WithDefault("1024x1024")
    @NotBlank
    String size();

    /** What the model calls its qualities; left to the provider when not set. */
    Optional<String> quality();

    /** Whether a picture's address in the provider's answer may be in a private network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** The largest picture that is taken. */
    @WithDefault("20M")
    MemorySize maxPictureSize();

    /** The most pictures that are received at a time; each takes memory, and the others wait. */
    @WithDefault("16")
    @Min(1)
    int maxArriving();

    /** What a picture may be. SVG is for stand-ins only: it can carry scripts. */
    @WithDefault("png,jpeg,webp")
    @NotEmpty
    Set<PictureFormat> formats();

    /** How long nobody calls once the provider turned out to be away; doubled each time that it still is. */
    @WithDefault("10s")
    @DurationMin(millis = 1)
    Duration pause();

    /** The most that a pause grows to; what the provider itself asks for may be more. */
    @WithDefault("1m")
    @DurationMin(millis = 1)
    Duration longestPause();

    /**
     * How long the one further call waits for a picture that the provider broke down over, unless another call succeeds
     * before.
     */
    @WithDefault("1m")
    @DurationMin(millis = 1)
    Duration secondTry();

    @AssertTrue(message = "content.image-api.longest-pause must not be shorter than content.image-api.pause")
    default boolean isLongestPauseLongEnough() {
        return longestPause().compareTo(pause()) >= 0;
    }

    @AssertTrue(message = "content.image-api.url must be an absolute http or https address")
    default boolean isUrlUsable() {
        return ("http".equalsIgnoreCase(url().getScheme()) || "https".equalsIgnoreCase(url().getScheme()))
                && url().getHost() != null;
    }
}
