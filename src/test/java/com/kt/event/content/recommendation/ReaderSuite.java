package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The base of the tests of the reader. */
abstract class ReaderSuite {
    final RecommendationReader reader = new RecommendationReader(new ObjectMapper());

    void assertUnreadable(String value) {
        assertThatThrownBy(() -> reader.read(value))
                .isInstanceOf(UnreadableRecommendationException.class)
                .satisfies(ReaderSuite::quotesNothing);
    }

    /** Neither the message nor that of a cause may quote it, because a log shows both. */
    static void quotesNothing(Throwable failure) {
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).matches("it[a-zA-Z ]+").doesNotContain("봄");
    }

    static String title(Optional<Recommendation> recommendation) {
        return recommendation.orElseThrow().eventTitle();
    }

    static Map<String, String> additionalData(Optional<Recommendation> recommendation) {
        return recommendation.orElseThrow().additionalData();
    }
}
