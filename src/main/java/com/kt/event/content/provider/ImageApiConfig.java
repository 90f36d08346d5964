package com.kt.event.content.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

import org.hibernate.validator.constraints.time.DurationMin;

import com.kt.event.content.settings.HttpAddresses;

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

    @WithDefault("gpt-image-2.6-flare")
    @NotBlank
    String model();

    /** Width by height in pixels, as the model knows them. */
    @WithDefault("1024x1024")
    @NotBlank
    String size();

    /** What the model calls its qualities; left to the provider when not set. */
    Optional<String> quality();

    /** Whether an image's address in the provider's answer may be in a private network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** The largest image that is taken. */
    @WithDefault("20M")
    MemorySize maxPictureSize();

    /** Any less would refuse every image after it was paid for; more than that cannot be decoded in one piece. */
    @AssertTrue(message = "content.image-api.max-picture-size must be from 64K to 512M")
    default boolean isMaxImageSizeUsable() {
        long bytes = maxPictureSize().asLongValue();
        return bytes >= 64 * 1024 && bytes <= 512 * 1024 * 1024;
    }

    /** The most pixels that an image may have: browsers, and whoever makes it smaller, need four bytes for each. */
    @WithDefault("50000000")
    @Min(1)
    long maxPixels();

    /** How long an image that is made is tried to be fetched, where the provider's answer is its address. */
    @WithDefault("60s")
    @DurationMin(millis = 100)
    Duration downloadLimit();

    /** The most images that are received at a time; each takes memory, and the others wait. */
    @WithDefault("16")
    @Min(1)
    int maxArriving();

    /** What an image may be. SVG is for stand-ins only: it can carry scripts. */
    @WithDefault("png,jpeg,webp")
    @NotEmpty
    Set<ImageFormat> formats();

    /**
     * How long the one further call waits for an image that the provider broke down over, unless another call succeeds
     * before.
     */
    @WithDefault("1m")
    @DurationMin(millis = 1)
    Duration secondTry();

    @AssertTrue(
            message = "content.image-api.url must be an absolute http or https address, with a port from 1 to 65535 "
                    + "if any, and without a user, a password or a fragment")
    default boolean isUrlUsable() {
        return HttpAddresses.fault(url()).isEmpty();
    }

    /** What an HTTP header can carry; the client would say so with the first call, and fail the job. */
    @AssertTrue(
            message = "content.image-api.key must hold neither blanks nor line breaks nor other characters than those "
                    + "of ASCII")
    default boolean isKeySendable() {
        return key().map(key -> key.matches("[\\x21-\\x7E]+")).orElse(true);
    }

    @AssertTrue(message = "content.image-api.model must not hold control characters")
    default boolean isModelReadable() {
        return model().matches("[^\\p{Cntrl}\\p{Cf}]*");
    }

    @AssertTrue(message = "content.image-api.size must hold neither blanks nor other characters than those of ASCII")
    default boolean isSizeAWord() {
        return isWord(size());
    }

    @AssertTrue(message = "content.image-api.quality must hold neither blanks nor other characters than those of ASCII")
    default boolean isQualityAWord() {
        return quality().map(ImageApiConfig::isWord).orElse(true);
    }

    /** "1024 x 1024", and with the sign for times, is what the provider would refuse with every call. */
    private static boolean isWord(String text) {
        return text.matches("[\\x21-\\x7E]*");
    }
}
