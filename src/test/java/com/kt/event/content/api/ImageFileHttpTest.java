package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;
import com.kt.event.content.api.http.HttpDate;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** Images as browsers, caches and crawlers request them: in parts, conditionally, by HEAD, or with a query. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageFileHttpTest extends HttpSuite {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** More than one buffer of the file. */
    private static final int SIZE = 300_000;

    /** The image store's directory. */
    Path images;

    private final byte[] image = new byte[SIZE];
    private Path file;
    private String link;

    @BeforeEach
    void put() throws IOException {
        new Random().nextBytes(image);
        file = Files.write(images.resolve(UUID.randomUUID() + "-fancy.png"), image);
        link = "/api/content/images/files/" + file.getFileName();
    }

    // --- parts

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bytes=2-5|2|5", "bytes=0-0|0|0", "bytes=-4|299996|299999",
            "bytes=100-|100|299999", "bytes=0-|0|299999", "bytes=131071-131072|131071|131072",
            "bytes=200000-9999999|200000|299999", "bytes=-9999999|0|299999", "BYTES=2-5|2|5",
            "bytes=0-1,2-3|0|3", "bytes=0-1,9999999-|0|1"})
    void sendsOnlyThePartThatIsAskedFor(String range, int first, int last) throws Exception {
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
    void sendsTheImageWholeWhereTheRangeIsIgnored(String range) throws Exception {
        assertWhole(get(Version.HTTP_1_1, "Range", range));
    }

    @Test
    void sendsTheImageWholeWhereThereAreTwoRanges() throws Exception {
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
    void sendsTheImageWholeWhereTheClientHasAnother(String condition) throws Exception {
        String tag = header(get(Version.HTTP_1_1), "ETag");

        assertWhole(get(Version.HTTP_1_1, "Range", "bytes=2-5", "If-Range", condition.formatted(tag)));
    }

    @Test
    void looksAtTheRangeOfAGetOnly() throws Exception {
        for (String range : new String[]{"bytes=2-5", "bytes=9999999-"}) {
            HttpResponse<byte[]> answer = send(Version.HTTP_1_1, "HEAD", "Range", range);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertHeader(answer, "Content-Length").isEqualTo(Integer.toString(SIZE));
            assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        }
    }

    // --- conditions

    @Test
    void namesTheImage() throws Exception {
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
    void doesNotSendAImageAgain(String known) throws Exception {
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
    void doesNotSendAImageAgainThatHasNotChangedSince() throws Exception {
        String time = header(get(Version.HTTP_1_1), "Last-Modified");

        assertNotModified(get(Version.HTTP_1_1, "If-Modified-Since", time));
        assertWhole(get(Version.HTTP_1_1, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"));
        assertWhole(get(Version.HTTP_1_1, "If-Modified-Since", time, "If-None-Match", "\"another\""));
        // The client asks for no part of what it has.
        assertNotModified(get(Version.HTTP_1_1, "If-Modified-Since", time, "Range", "bytes=9999999-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "nonsense", "W/\"another\"", "\"\""})
    void sendsAImageThatTheClientDoesNotHave(String known) throws Exception {
        assertWhole(get(Version.HTTP_1_1, "If-None-Match", known));
    }

    @Test
    void refusesToSendAnotherPictureThanIsMeant() throws Exception {
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
    void hasNoConditionsForAImageThatIsNotThere() throws Exception {
        Files.delete(file);

        for (String header : new String[]{"If-None-Match", "If-Match"}) {
            HttpResponse<byte[]> answer = get(Version.HTTP_1_1, header, "*", "Range", "bytes=0-1");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "content-range");
        }
    }

    // --- HEAD

    @ParameterizedTest
    @EnumSource
    void saysOfAHeadWhatItSaysOfTheImage(Version version) throws Exception {
        HttpResponse<byte[]> head = send(version, "HEAD");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertHeader(head, "Content-Length").isEqualTo(Integer.toString(SIZE));
        assertHeader(head, "Content-Type").isEqualTo("image/png");
        assertSameHeadersAsTheWhole(head);
    }

    @Test
    void goesOnWithTheConnectionAfterAHead() {
        try (RawHttp http = new RawHttp()) {
            http.send(RawHttp.request("HEAD", link) + RawHttp.request("GET", link, "Range: bytes=0-9\r\n"));

            assertThat(http.answer(false).headers()).containsEntry("Content-Length", Integer.toString(SIZE));
            Answer part = http.answer(true);
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers()).containsEntry("Content-Range", "bytes 0-9/" + SIZE);
        }
    }

    // --- queries

    /** The first is raw UTF-8, as a crawler sends it. */
    @ParameterizedTest
    @ValueSource(strings = {"utm_campaign=\u00eb\u00b4\u0084\u00eb\u00a7\u009e\u00ec\u009d\u00b4", "", "a=b", "%",
            "100%", "%zz",
            "%2", "a|b", "{}", "a={b}", "^", "\"", "'", "`", "<>", "\\", "[]", "a[0]=%ff", "?", "??a", "a#b", "#", "#%",
            "&&=",
            "\u00ff", "\u007f", "a\0b", "../..", "/../x", "http://other.example/{", "a;b", "%c0%af", "%00"})
    void servesTheImageWhateverItsQuery(String query) {
        for (String header : new String[]{"", "Origin: https://shop.example\r\n", "Origin: http://localhost:80\r\n",
                "X-Forwarded-Prefix: /shop\r\n", "X-Forwarded-Host: gate.example\r\nX-Forwarded-Proto: https\r\n"}) {
            Answer whole = RawHttp.ask(RawHttp.request("GET", link + "?" + query, header));
            assertThat(whole.status()).as(whole.toString()).isEqualTo(200);
            assertThat(whole.headers()).containsEntry("Content-Length", Integer.toString(SIZE));
        }
        assertThat(RawHttp.ask(RawHttp.request("HEAD", link + "?" + query)).status()).isEqualTo(200);
        assertThat(RawHttp.ask(RawHttp.request("GET", link + "?" + query, "Range: bytes=0-9\r\n")).status())
                .isEqualTo(206);
        assertThat(RawHttp.ask(RawHttp.request("GET", link + "?" + query, "If-None-Match: *\r\n")).status())
                .isEqualTo(304);
        assertThat(RawHttp.ask(RawHttp.request("GET", "http://localhost" + link + "?" + query)).status())
                .isEqualTo(200);
    }

    @Test
    void servesTheImageHoweverLongItsQuery() {
        assertThat(RawHttp.ask(RawHttp.request("GET", link + "?" + "a".repeat(10_000))).status()).isEqualTo(200);
    }

    @Test
    void servesTheImageOverHttp2WhateverItsQuery() throws Exception {
        link += "?a=%25&b={".replace("{", "%7B");
        for (Version version : Version.values()) {
            assertThat(get(version).body()).isEqualTo(image);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "%zz", "\u00eb\u00b4\u0084"})
    void refusesInOtherQueriesWhatIsNoUri(String query) {
        for (String path : new String[]{"/api/content/images/nobodys-draft", "/api/content/images/jobs/none",
                "/api/content/images/files", "/nothing", "/q/health"}) {
            assertThat(RawHttp.ask(RawHttp.request("GET", path + "?" + query)).status()).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a|b.png", "\u00eb\u00b4\u0084.png", "{}.png"})
    void refusesInAImagesPathWhatIsNoUri(String file) {
        for (String query : new String[]{"", "?", "?a={}"}) {
            Answer answer = RawHttp.ask(RawHttp.request("GET", "/api/content/images/files/" + file + query));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("code")).isEqualTo("CONTENT_004");
        }
    }

    @Test
    void saysWithAQueryAsWellWhatIsWrong() {
        String query = "?utm_campaign=\u00eb\u00b4\u0084";

        assertThat(RawHttp.ask(RawHttp.request("GET", link.replace("-fancy", "-simple") + query)).json()
                .getString("code")).isEqualTo("CONTENT_003");
        assertThat(RawHttp.ask(RawHttp.request("DELETE", link + query)).status()).isEqualTo(405);
        assertThat(RawHttp.ask(RawHttp.request("GET", link + query).replace("localhost", "a b")).status())
                .isEqualTo(400);
        assertThat(RawHttp.ask(RawHttp.request("GET", link + query, "X-A: " + "a".repeat(9_000) + "\r\n")).status())
                .isEqualTo(431);
        assertThat(RawHttp.ask(RawHttp.request("GET", link + query, "Content-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n").headers()).containsEntry("Connection", "close");
        Answer stranger = RawHttp.ask(RawHttp.request("GET", link + query, "Origin: https://other.example\r\n"));
        assertThat(stranger.status()).isEqualTo(403);
        Answer shop = RawHttp.ask(RawHttp.request("GET", link + query, "Origin: https://shop.example\r\n"));
        assertThat(shop.headers()).containsEntry("Access-Control-Allow-Origin", "https://shop.example")
                .containsKeys("Date", "ETag").containsEntry("Vary", "Origin");
    }

    // --- helpers

    private HttpResponse<byte[]> get(Version version, String... headers) throws Exception {
        return send(version, "GET", headers);
    }

    private HttpResponse<byte[]> send(Version version, String method, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + link))
                .version(version).timeout(LIMIT).method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        ContractFilter.check(method, link, new ApiContract.Answer(answer.statusCode(),
                ApiContract.Answer.joined(answer.headers().map()), answer.body()));
        return answer;
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join(" and ", answer.headers().allValues(name));
    }

    private static AbstractStringAssert<?> assertHeader(HttpResponse<?> answer, String name) {
        return assertThat(header(answer, name)).as(name);
    }

    private void assertWhole(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        assertThat(answer.body()).isEqualTo(image);
        assertSameHeadersAsTheWhole(answer);
    }

    private void assertSameHeadersAsTheWhole(HttpResponse<byte[]> answer) throws Exception {
        HttpResponse<byte[]> whole = get(Version.HTTP_1_1);
        for (String name : new String[]{"ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Type",
                "Content-Security-Policy", "X-Content-Type-Options"}) {
            assertHeader(answer, name).isNotEmpty().isEqualTo(header(whole, name));
        }
        assertHeader(answer, "Accept-Ranges").isEqualTo("bytes");
        assertHeader(answer, "Cache-Control").contains("public", "immutable", "max-age=604800")
                .doesNotContain("no-store");
    }

    private void assertNotModified(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        HttpResponse<byte[]> whole = get(Version.HTTP_1_1);
        for (String name : new String[]{"ETag", "Last-Modified", "Cache-Control", "Vary"}) {
            assertHeader(answer, name).isNotEmpty().isEqualTo(header(whole, name));
        }
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertHeader(answer, "Content-Type").isEqualTo("application/problem+json");
        assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "accept-ranges");
        assertThat(JsonPath.from(new String(answer.body(), StandardCharsets.UTF_8)).getString("code"))
                .isEqualTo("CONTENT_004");
    }
}
