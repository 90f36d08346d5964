package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.kt.event.content.redis.LuaScriptCases.Case;

import redis.clients.jedis.Jedis;

/** The effect of the scripts for the images of a draft and their renditions. */
final class GalleryScriptCases {
    private static final String GALLERY = "content:image:1";
    private static final String RENDITIONS = "content:renditions:1";
    private static final String REPLACED = "replaced";
    private static final String NOW = "2026-11-26T00:00:00Z";
    private static final String IMAGE = "{\"imageUrl\":\"http://a\",\"jobId\":\"job-1\","
            + "\"expiresAt\":\"2026-12-01T00:00:00Z\",\"jobCreatedAt\":1000}";
    private static final String NEWER = IMAGE.replace("http://a", "http://d");

    private GalleryScriptCases() {
    }

    static Stream<Case> all() {
        return Stream.of(publish(), publishLate(), remove(), addRendition()).flatMap(each -> each);
    }

    private static Stream<Case> publish() {
        return Stream.of(
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-2", "2000", "{}", "simple", "{1}",
                        "fancy", "{2}").given(published()).answers("2")
                        .then(redis -> assertThat(redis.hgetAll(GALLERY)).containsKey(REPLACED).containsAllEntriesOf(
                                Map.of("simple", "{1}", "fancy", "{2}", "recommendation", "{}")).hasSize(4)),
                new Case("gallery/publish", GALLERY, "60000", "1", NOW, "9000", "job-2", "2000", "{}", "simple", "{1}")
                        .given(published()).answers("0")
                        .then(redis -> assertThat(redis.hgetAll(GALLERY)).isEqualTo(Map.of("simple", IMAGE))),
                new Case("gallery/publish", GALLERY, "60000", "1", NOW, "9000", "job-2", "2000", "{}", "simple", "{1}",
                        "fancy", "{2}").given(published()).answers("1")
                        .then(redis -> assertThat(redis.hget(GALLERY, "simple")).isEqualTo(IMAGE)),
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-2", "2000", "{}", "simple", NEWER)
                        .given(published().andThen(replaced())).answers("1")
                        .then(redis -> assertThat(redis.hget(GALLERY, REPLACED)).isEqualTo(line("b") + line("a"))),
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-2", "2000", "{}", "simple", NEWER)
                        .given(published().andThen(replaced(line("b").repeat(100_000)))).answers("1")
                        .then(redis -> assertThat(redis.hget(GALLERY, REPLACED)).endsWith(line("b") + line("a"))
                                .hasSizeBetween(999_900, 1_000_000)),
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-2", "2000", "{}", "simple", NEWER)
                        .given(published().andThen(replaced("b".repeat(1_000_000)))).answers("1")
                        .then(redis -> assertThat(redis.hget(GALLERY, REPLACED)).as("unreadable").isEmpty()));
    }

    /** The draft keeps the image that it has. */
    private static Stream<Case> publishLate() {
        return Stream.of(
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-0", "500", "{}", "simple", NEWER)
                        .given(published()).answers("0")
                        .then(redis -> assertThat(redis.hgetAll(GALLERY)).containsOnlyKeys("simple", REPLACED)
                                .containsEntry("simple", IMAGE)),
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-1", "1000", "{}", "simple", NEWER)
                        .given(published()).answers("0")
                        .then(redis -> assertThat(redis.hgetAll(GALLERY)).isEqualTo(
                                Map.of("simple", IMAGE, REPLACED, line("d")))),
                new Case("gallery/publish", GALLERY, "60000", "0", NOW, "9000", "job-1", "1000", "{}", "simple", IMAGE)
                        .given(published()).answers("0")
                        .then(redis -> assertThat(redis.hgetAll(GALLERY)).isEqualTo(Map.of("simple", IMAGE))));
    }

    private static Stream<Case> remove() {
        return Stream.of(
                new Case("gallery/remove", GALLERY, "3", "simple", "fancy", "trendy", "simple")
                        .given(published().andThen(replaced())).answers("\\{.*}")
                        .then(redis -> assertThat(redis.hgetAll(GALLERY)).containsOnlyKeys(REPLACED)),
                new Case("gallery/remove", GALLERY, "3", "simple", "fancy", "trendy", "simple").given(published())
                        .answers("\\{.*}").then(redis -> assertThat(redis.exists(GALLERY)).isFalse()));
    }

    private static Stream<Case> addRendition() {
        return Stream.of(
                new Case("renditions/add", RENDITIONS, "mms.jpg", "{1}", "9999999999999").answers("1")
                        .then(redis -> assertThat(redis.pttl(RENDITIONS)).isPositive()),
                new Case("renditions/add", RENDITIONS, "mms.jpg", "{2}", "9999999999999")
                        .given(redis -> redis.hset(RENDITIONS, "mms.jpg", "{1}")).answers("0")
                        .then(redis -> assertThat(redis.hgetAll(RENDITIONS)).isEqualTo(Map.of("mms.jpg", "{2}"))),
                new Case("renditions/add", RENDITIONS, "mms.jpg", "{1}", "9999999999999")
                        .given(redis -> redis.set(RENDITIONS, "no hash")).answers("1"));
    }

    private static Consumer<Jedis> published() {
        return redis -> redis.hset(GALLERY, "simple", IMAGE);
    }

    private static Consumer<Jedis> replaced() {
        return replaced("\n2026-11-25T00:00:00Z c\n" + line("b"));
    }

    private static Consumer<Jedis> replaced(String lines) {
        return redis -> redis.hset(GALLERY, REPLACED, lines);
    }

    private static String line(String file) {
        return "2026-12-01T00:00:00Z " + file + "\n";
    }
}
