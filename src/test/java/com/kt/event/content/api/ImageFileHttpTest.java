package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Parts of images, and HEAD. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageFileHttpTest extends ImageFileSuite {
    // --- parts

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bytes=2-5|2|5", "bytes=0-0|0|0", "bytes=-4|299996|299999",
            "bytes=100-|100|299999", "bytes=0-|0|299999", "bytes=131071-131072|131071|131072",
            "bytes=200000-9999999|200000|299999", "bytes=-9999999|0|299999", "BYTES=2-5|2|5",
            "bytes=0-1,2-3|0|3", "bytes=0-1,9999999-|0|1"})
    void sendsOnlyTheRequestedPart(String range, int first, int last) throws Exception {
        for (Version version : Version.values()) {
            HttpResponse<byte[]> answer = get(version, "Range", range);

            assertThat(answer.statusCode()).isEqualTo(206);
            assertHeader(answer, "Content-Range").isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
            assertHeader(answer, "Content-Length").isEqualTo(Integer.toString(last - first + 1));
            assertHeader(answer, "Content-Type").isEqualTo("image/png");
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(image, first, last + 1));
            assertSameHeadersAsTheWhole(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9-2", "bytes=x", "bytes=", "items=0-1", "bytes 0-1", "bytes=0-1,4-5", "bytes=0-1,x"})
    void sendsTheWholeImageIfTheRangeIsInvalid(String range) throws Exception {
        assertWhole(get(Version.HTTP_1_1, "Range", range));
    }

    @Test
    void sendsTheWholeImageIfThereAreTwoRanges() throws Exception {
        assertWhole(get(Version.HTTP_1_1, "Range", "bytes=0-1", "Range", "bytes=2-3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=300000-300001", "bytes=-0", "bytes=400000-,500000-",
            "bytes=99999999999999999999999-"})
    void refusesAPartBeyondTheEnd(String range) throws Exception {
        HttpResponse<byte[]> answer = get(Version.HTTP_1_1, "Range", range);

        assertProblem(answer, 416);
        assertHeader(answer, "Content-Range").isEqualTo("bytes */" + SIZE);
    }

    @Test
    void sendsAPartOfTheImageThatTheClientHas() throws Exception {
        HttpResponse<byte[]> whole = get(Version.HTTP_1_1);
        for (String validator : new String[]{"ETag", "Last-Modified"}) {
            String value = header(whole, validator);

            assertThat(get(Version.HTTP_1_1, "Range", "bytes=2-5", "If-Range", value).body())
                    .isEqualTo(Arrays.copyOfRange(image, 2, 6));
            assertWhole(get(Version.HTTP_1_1, "If-Range", value));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "W/%s", "Sun, 06 Nov 1994 08:49:37 GMT", "nonsense", "*"})
    void sendsTheWholeImageIfTheClientHasAnother(String condition) throws Exception {
        String tag = header(get(Version.HTTP_1_1), "ETag");

        assertWhole(get(Version.HTTP_1_1, "Range", "bytes=2-5", "If-Range", condition.formatted(tag)));
    }

    @Test
    void ignoresTheRangeOfAHead() throws Exception {
        for (String range : new String[]{"bytes=2-5", "bytes=9999999-"}) {
            HttpResponse<byte[]> answer = send(Version.HTTP_1_1, "HEAD", "Range", range);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertHeader(answer, "Content-Length").isEqualTo(Integer.toString(SIZE));
            assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        }
    }

    // --- HEAD

    @ParameterizedTest
    @EnumSource
    void answersHeadWithTheHeadersOfTheImage(Version version) throws Exception {
        HttpResponse<byte[]> head = send(version, "HEAD");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertHeader(head, "Content-Length").isEqualTo(Integer.toString(SIZE));
        assertHeader(head, "Content-Type").isEqualTo("image/png");
        assertSameHeadersAsTheWhole(head);
    }

    @Test
    void keepsTheConnectionAfterAHead() {
        try (RawHttp http = new RawHttp()) {
            http.send(RawHttp.request("HEAD", link) + RawHttp.request("GET", link, "Range: bytes=0-9\r\n"));

            assertThat(http.answer(false).headers()).containsEntry("Content-Length", Integer.toString(SIZE));
            Answer part = http.answer(true);
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers()).containsEntry("Content-Range", "bytes 0-9/" + SIZE);
        }
    }
}
