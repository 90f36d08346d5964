package com.kt.event.content.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.provider.ImageProvider;

import io.quarkus.arc.All;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The types that the check of the settings knows are those of the dialects. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ProviderTypesTest {
    @Inject
    @All
    List<ImageProvider> dialects;

    @Test
    void everyDialectCanBeConfiguredAndNothingElse() {
        assertThat(dialects).extracting(ImageProvider::type)
                .containsExactlyInAnyOrderElementsOf(ProviderSettings.TYPES);
    }
}
