package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendationTest {
    private static final Recommendation LATTE = of("라떼", "딸기", "직장인", "신규", "서울");

    @Test
    void equalsOneOfTheSameParts() {
        Recommendation same = of("라떼", "딸기", "직장인", "신규", "서울");

        assertThat(same).isEqualTo(LATTE).hasSameHashCodeAs(LATTE);
        assertThat(same.fingerprint()).isEqualTo(LATTE.fingerprint());
    }

    @ParameterizedTest
    @CsvSource({"파전,딸기,직장인,신규,서울", "라떼,파,직장인,신규,서울", "라떼,딸기,학생,신규,서울", "라떼,딸기,직장인,단골,서울",
            "라떼,딸기,직장인,신규,부산"})
    void differsInEachPart(String title, String description, String audience, String objective, String place) {
        Recommendation other = of(title, description, audience, objective, place);

        assertThat(other).isNotEqualTo(LATTE);
        assertThat(other.fingerprint()).isNotEqualTo(LATTE.fingerprint());
        assertThat(LATTE).isNotEqualTo(null).isNotEqualTo(new Object());
    }

    private static Recommendation of(String title, String description, String audience, String objective,
            String place) {
        return new Recommendation(title, description, audience, objective, Map.of("place", place));
    }
}
