package com.kt.event.content.provider;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

import org.hibernate.validator.constraints.time.DurationMin;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.settings.HttpAddresses;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The image API, and the limits of the images accepted from it. */
@ConfigMapping(prefix = "content.image-api")
public interface ImageApiConfig {
    /** The base URL, to which {@code /images/generations} is added. */
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

    /** One of the model's quality levels; the provider's default if not set. */
    Optional<String> quality();

    /** Whether an image's URL in the provider's response may lead into a private network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** The largest image that is accepted. */
    @WithDefault("20M")
    MemorySize maxPictureSize();

    /** A lower limit would reject every image after it is paid for; a larger image cannot be decoded in one piece. */
    @AssertTrue(message = "content.image-api.max-picture-size must be from 64K to 512M")
    default boolean isMaxImageSizeUsable() {
        long bytes = maxPictureSize().asLongValue();
        return bytes >= 64 * 1024 && bytes <= 512 * 1024 * 1024;
    }

    /** The most pixels that an image may have: displaying or scaling it takes four bytes for each. */
    @WithDefault("50000000")
    @Min(1)
    long maxPixels();

    /** How long the download of an image is tried, if the response holds its URL. */
    @WithDefault("60s")
    @DurationMin(millis = 100)
    Duration downloadLimit();

    /** The most images that are received at a time, further ones wait; as many as the memory allows if not set. */
    OptionalInt maxArriving();

    @AssertTrue(message = "content.image-api.max-arriving must be at least 1")
    default boolean isMaxArrivingPositive() {
        return maxArriving().orElse(1) >= 1;
    }

    /** Where images are spooled while they arrive: by default the store's directory, or with S3 that of temporary files. */
    Optional<Path> spoolDirectory();

    /** The accepted formats. SVG is for stand-ins only: it can contain scripts. */
    @WithDefault("png,jpeg,webp")
    @NotEmpty
    Set<ImageFormat> formats();

    /**
     * How long after a server error the one further call for that image waits, unless another call succeeds before.
     */
    @WithDefault("1m")
    @DurationMin(millis = 1)
    Duration secondTry();

    /** Whether the providers are asked after the start and once a day if they still have the configured models. */
    @WithDefault("true")
    boolean modelWatch();

    @AssertTrue(
            message = "content.image-api.url must be an absolute http or https address, with a port from 1 to 65535 "
                    + "if any, and without a user, a password or a fragment")
    default boolean isUrlUsable() {
        return HttpAddresses.fault(url()).isEmpty();
    }

    /** An invalid header value would fail the first job only. */
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

    /** The provider would reject every call for "1024 x 1024", or with a multiplication sign. */
    private static boolean isWord(String text) {
        return text.matches("[\\x21-\\x7E]*");
    }
}
