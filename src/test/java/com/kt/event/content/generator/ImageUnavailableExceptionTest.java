package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;

class ImageUnavailableExceptionTest {
    @ParameterizedTest
    @EnumSource
    void keepsTheReasonAndTheMessageOfTheFailure(ImageFailure.Reason reason) {
        ImageUnavailableException unavailable = ImageUnavailableException
                .of(new ImageFailure(reason, Billing.POSSIBLE, "because"));

        assertThat(unavailable.reason().name()).isEqualTo(reason.name());
        assertThat(unavailable).hasMessage("because").hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"default, because", "second, provider second: because"})
    void namesTheProviderUnlessItIsTheDefault(String provider, String message) {
        ImageFailure failure = new ImageFailure(ImageFailure.Reason.TIMEOUT, Billing.POSSIBLE, "because");

        ImageUnavailableException unavailable = ImageUnavailableException.of(failure, provider);

        assertThat(unavailable).hasMessage(message);
        assertThat(unavailable.reason()).isEqualTo(ImageUnavailableException.Reason.TIMEOUT);
    }
}
