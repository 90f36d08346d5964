package com.kt.event.content.embedded;

import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;

/** The samples of dev mode, in both forms of a recommendation. */
enum Sample {
    SPRING_LATTE("spring-latte", """
            {"selectedRecommendation": {
               "title": "봄맞이 딸기 라떼 1+1",
               "description": "벚꽃이 피는 2주 동안 딸기 라떼 한 잔을 주문하면 한 잔 더 드립니다",
               "targetAudience": "20-30대 직장인과 대학생",
               "objective": "신메뉴 홍보와 재방문 유도"},
             "event": {"storeName": "연남동 봄날 카페", "additionalData": {"기간": "3월 25일 - 4월 7일"}}}
            """),
    BURGER_ANNIVERSARY("burger-anniversary", """
            {"eventTitle": "우리동네 수제버거 오픈 3주년 감사제",
             "eventDescription": "선착순 100명에게 감자튀김을 무료로 드립니다",
             "targetAudience": "동네 단골 가족",
             "eventObjective": "단골 감사와 입소문",
             "additionalData": {"장소": "망원시장 입구"}}
            """),
    RAINY_DAY("rainy-day", """
            {"eventTitle": "비 오는 날엔 파전",
             "eventDescription": "비 오는 날 파전을 주문하면 막걸리 한 병이 반값"}
            """);

    private final String eventDraftId;
    private final String recommendation;

    Sample(String eventDraftId, String recommendation) {
        this.eventDraftId = eventDraftId;
        this.recommendation = recommendation;
    }

    String eventDraftId() {
        return eventDraftId;
    }

    /** As the AI service writes it into Redis. */
    String recommendation() {
        return recommendation;
    }

    /** For the form in the page. */
    JsonObject typed() {
        JsonObject all = new JsonObject(recommendation);
        JsonObject event = all.getJsonObject("selectedRecommendation", all);
        return new JsonObject().put("title", first(event, "title", "eventTitle"))
                .put("text", first(event, "description", "eventDescription"))
                .put("audience", first(event, "targetAudience"));
    }

    private static String first(JsonObject object, String... names) {
        return Stream.of(names).map(object::getString).filter(text -> text != null).findFirst().orElse("");
    }
}
