package com.kt.event.content.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.gallery.StoredImage;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;

/** Each condition of RFC 9110, 13.1, for the image "a.png-3e8" that was written at 08:49:37. */
class PreconditionsTest {
    private static final Instant WRITTEN = Instant.parse("1994-11-06T08:49:37.250Z");
    private static final StoredImage IMAGE = image("a.png", 1_000, WRITTEN);
    private static final Preconditions PRECONDITIONS = Preconditions.of(IMAGE, WRITTEN.plusSeconds(60));

    @Test
    void areNameAndSizeAndTheSecond() {
        assertThat(PRECONDITIONS.etag()).isEqualTo("\"a.png-3e8\"");
        assertThat(HttpDate.format(PRECONDITIONS.lastModified())).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void areTheSameWhereverAndWheneverTheFileIs() {
        StoredImage restored = image("a.png", 1_000, WRITTEN.plusSeconds(9_999));

        assertThat(Preconditions.of(restored, WRITTEN).etag()).isEqualTo(PRECONDITIONS.etag());
    }

    @Test
    void areOthersForAnotherImage() {
        assertThat(Preconditions.of(image("b.png", 1_000, WRITTEN), WRITTEN).etag())
                .isNotEqualTo(PRECONDITIONS.etag());
        assertThat(Preconditions.of(image("a.png", 1_001, WRITTEN), WRITTEN).etag())
                .isNotEqualTo(PRECONDITIONS.etag());
    }

    @Test
    void areNeverOfTheFuture() {
        assertThat(Preconditions.of(IMAGE, WRITTEN.minusSeconds(5)).lastModified())
                .isEqualTo(Instant.parse("1994-11-06T08:49:32Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a.png-3e8\"", "W/\"a.png-3e8\"", "\"x\", \"a.png-3e8\"", "\"x\",W/\"a.png-3e8\",\"y\"",
            "*", " * ", "\"a,b\", \"a.png-3e8\"", "\"a.png-3e8-gzip\"", "W/\"a.png-3e8--gzip\"", "\"a.png-3e8;br\"",
            "\"a.png-3e8/zstd\""})
    void areKnownByIfNoneMatch(String header) {
        assertThat(PRECONDITIONS.isNotModifiedFor(headers("If-None-Match", header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "\"a.png-3e80\"", "\"a.png-3e\"", "\"b.png-3e8\"", "\"xa.png-3e8\"", "a.png-3e8",
                    "\"a.png-3e8", "\"*\"", "W/", "\"A.PNG-3E8\""})
    void areNotKnownByAnotherTag(String header) {
        assertThat(PRECONDITIONS.isNotModifiedFor(headers("If-None-Match", header))).isFalse();
    }

    @Test
    void areKnownByOneOfSeveralHeaders() {
        assertThat(PRECONDITIONS
                .isNotModifiedFor(headers("If-None-Match", "\"x\"").add("If-None-Match", PRECONDITIONS.etag())))
                .isTrue();
    }

    /** The same second in the three forms of a date, and a later one. */
    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994", "Tue, 15 Nov 2044 12:45:26 GMT"})
    void areKnownByIfModifiedSince(String header) {
        assertThat(PRECONDITIONS.isNotModifiedFor(headers("If-Modified-Since", header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:36 GMT", "", "yesterday", "0", "1994-11-07T00:00:00Z",
            "Sun, 06 Nov 2044 08:49:37 GMT and so on and so on and so on and so on and so on"})
    void areNotKnownByAnEarlierTimeOrByNone(String header) {
        assertThat(PRECONDITIONS.isNotModifiedFor(headers("If-Modified-Since", header))).isFalse();
    }

    @Test
    void areNotKnownByATimeWhereThereIsATag() {
        MultiMap headers = headers("If-Modified-Since", "Tue, 15 Nov 2044 12:45:26 GMT");

        assertThat(PRECONDITIONS.isNotModifiedFor(headers.add("If-None-Match", "\"x\""))).isFalse();
        assertThat(PRECONDITIONS.isNotModifiedFor(headers("If-None-Match", PRECONDITIONS.etag())
                .add("If-Modified-Since", "Sun, 06 Nov 1984 08:49:37 GMT"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"\"a.png-3e8\"|false", "*|false", "\"x\", \"a.png-3e8\"|false",
                    "W/\"a.png-3e8\"|true", "\"a.png-3e8-gzip\"|true", "\"x\"|true", "a.png-3e8|true"})
    void failForIfMatchUnlessItIsStronglyTheSame(String header, boolean refused) {
        assertThat(PRECONDITIONS.failFor(headers("If-Match", header))).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Sun, 06 Nov 1994 08:49:37 GMT|false", "Sun, 06 Nov 1994 08:49:36 GMT|true",
            "Tue, 15 Nov 2044 12:45:26 GMT|false", "yesterday|false"})
    void failForIfUnmodifiedSince(String header, boolean refused) {
        assertThat(PRECONDITIONS.failFor(headers("If-Unmodified-Since", header))).isEqualTo(refused);
        assertThat(PRECONDITIONS.failFor(headers("If-Unmodified-Since", header)
                .add("If-Match", PRECONDITIONS.etag()))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"\"a.png-3e8\"|true", "Sun, 06 Nov 1994 08:49:37 GMT|true",
                    "W/\"a.png-3e8\"|false", "\"a.png-3e8-gzip\"|false", "\"x\"|false", "*|false", "a.png-3e8|false",
                    "\"x\", \"a.png-3e8\"|false", "Sun, 06 Nov 1994 08:49:38 GMT|false",
                    "Sun, 06 Nov 1994 08:49:36 GMT|false", "yesterday|false", "``|false"})
    void allowAPartWhereIfRangeNamesThem(String header, boolean part) {
        assertThat(PRECONDITIONS.allowPart(headers("If-Range", header))).isEqualTo(part);
    }

    @Test
    void areAskedForNothingWithoutAHeader() {
        MultiMap none = MultiMap.caseInsensitiveMultiMap();

        assertThat(PRECONDITIONS.failFor(none)).isFalse();
        assertThat(PRECONDITIONS.isNotModifiedFor(none)).isFalse();
        assertThat(PRECONDITIONS.allowPart(none)).isTrue();
    }

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }

    private static StoredImage image(String fileName, long size, Instant lastModified) {
        return new StoredImage(fileName, size, lastModified, (out, offset, length) -> Future.succeededFuture());
    }
}
