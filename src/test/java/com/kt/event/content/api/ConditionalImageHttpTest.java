package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.http.HttpDate;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Images that a client requests on a condition, such as that it does not have them. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ConditionalImageHttpTest extends ImageFileSuite {
    @Test
    void sendsTheSameTagForTheSameImage() throws Exception {
        Instant written = Instant.now().minus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Files.setLastModifiedTime(file, FileTime.from(written.plusMillis(700)));

        HttpResponse<byte[]> answer = get(Version.HTTP_1_1);

        assertWhole(answer);
        assertHeader(answer, "ETag").matches("\"[!#-~]+\"");
        assertHeader(answer, "Last-Modified").isEqualTo(HttpDate.format(written));
        // Another instance, or a restored backup.
        Files.setLastModifiedTime(file, FileTime.from(written.plusSeconds(999)));
        assertHeader(get(Version.HTTP_1_1), "ETag").isEqualTo(header(answer, "ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*"})
    void doesNotSendAnImageAgain(String known) throws Exception {
        String tag = header(get(Version.HTTP_1_1), "ETag");
        for (String method : new String[]{"GET", "HEAD"}) {
            for (Version version : Version.values()) {
                assertNotModified(send(version, method, "If-None-Match", known.formatted(tag)));
            }
        }
        // The suffix of a proxy that compresses.
        assertNotModified(get(Version.HTTP_1_1, "If-None-Match", tag.replaceFirst("\"$", "-gzip\"")));
    }

    @Test
    void doesNotSendAnImageAgainThatHasNotChangedSince() throws Exception {
        String time = header(get(Version.HTTP_1_1), "Last-Modified");

        assertNotModified(get(Version.HTTP_1_1, "If-Modified-Since", time));
        assertWhole(get(Version.HTTP_1_1, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"));
        assertWhole(get(Version.HTTP_1_1, "If-Modified-Since", time, "If-None-Match", "\"another\""));
        // The client asks for no part of what it has.
        assertNotModified(get(Version.HTTP_1_1, "If-Modified-Since", time, "Range", "bytes=9999999-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "nonsense", "W/\"another\"", "\"\""})
    void sendsAnImageThatTheClientDoesNotHave(String known) throws Exception {
        assertWhole(get(Version.HTTP_1_1, "If-None-Match", known));
    }

    @Test
    void refusesToSendAnImageOtherThanTheOneMeant() throws Exception {
        HttpResponse<byte[]> whole = get(Version.HTTP_1_1);

        assertWhole(get(Version.HTTP_1_1, "If-Match", header(whole, "ETag")));
        assertWhole(get(Version.HTTP_1_1, "If-Match", "*"));
        assertWhole(get(Version.HTTP_1_1, "If-Unmodified-Since", header(whole, "Last-Modified")));
        assertProblem(get(Version.HTTP_1_1, "If-Match", "\"another\""), 412);
        assertProblem(get(Version.HTTP_1_1, "If-Match", "W/" + header(whole, "ETag")), 412);
        assertProblem(get(Version.HTTP_1_1, "If-Match", "\"another\"", "If-None-Match", "*"), 412);
        assertProblem(get(Version.HTTP_1_1, "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), 412);
    }

    @Test
    void hasNoConditionsForAnImageThatIsNotThere() throws Exception {
        Files.delete(file);

        for (String header : new String[]{"If-None-Match", "If-Match"}) {
            HttpResponse<byte[]> answer = get(Version.HTTP_1_1, header, "*", "Range", "bytes=0-1");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "content-range");
        }
    }
}
