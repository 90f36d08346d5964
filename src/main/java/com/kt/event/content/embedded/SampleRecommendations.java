package com.kt.event.content.embedded;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/** The AI service of dev mode: writes three recommendations to the embedded Redis, in both forms. */
@Singleton
@IfBuildProfile("dev")
class SampleRecommendations {
    private static final Logger LOG = Logger.getLogger(SampleRecommendations.class);

    private static final String SPRING_LATTE = """
            {"selectedRecommendation": {
               "title": "봄맞이 딸기 라떼 1+1",
               "description": "벚꽃이 피는 2주 동안 딸기 라떼 한 잔을 주문하면 한 잔 더 드립니다",
               "targetAudience": "20-30대 직장인과 대학생",
               "objective": "신메뉴 홍보와 재방문 유도"},
             "event": {"storeName": "연남동 봄날 카페", "additionalData": {"기간": "3월 25일 - 4월 7일"}}}
            """;
    private static final String BURGER_ANNIVERSARY = """
            {"eventTitle": "우리동네 수제버거 오픈 3주년 감사제",
             "eventDescription": "선착순 100명에게 감자튀김을 무료로 드립니다",
             "targetAudience": "동네 단골 가족",
             "eventObjective": "단골 감사와 입소문",
             "additionalData": {"장소": "망원시장 입구"}}
            """;
    private static final String RAINY_DAY = """
            {"eventTitle": "비 오는 날엔 파전",
             "eventDescription": "비 오는 날 파전을 주문하면 막걸리 한 병이 반값"}
            """;

    /** On a busy machine the server may still be starting. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final EmbeddedRedis embedded;
    private final ReactiveRedisDataSource redis;
    private final String address;

    SampleRecommendations(@Identifier("embedded") EmbeddedRedis embedded, ReactiveRedisDataSource redis,
            @ConfigProperty(name = "content.public-url") String address) {
        this.embedded = embedded;
        this.redis = redis;
        this.address = address;
    }

    /** A Redis that the developer provides is left as it is. */
    void write(@Observes StartupEvent event) {
        if (!embedded.isRunning()) {
            return;
        }
        write("spring-latte", SPRING_LATTE);
        write("burger-anniversary", BURGER_ANNIVERSARY);
        write("rainy-day", RAINY_DAY);
        LOG.infof("""
                try it: curl -i -X POST %1$s/api/content/images/spring-latte/generate \
                (or burger-anniversary, or rainy-day), or open %1$s/q/swagger-ui""", address);
    }

    private void write(String eventDraftId, String recommendation) {
        redis.value(String.class).set("ai:event:" + eventDraftId, recommendation)
                .onFailure().retry().withBackOff(Duration.ofMillis(100)).expireIn(LIMIT.toMillis())
                .await().atMost(LIMIT);
    }
}
