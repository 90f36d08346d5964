package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Images are served whatever the query, which crawlers and campaigns add. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageQueryHttpTest extends ImageFileSuite {
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
    void refusesWhatIsNoUriInOtherQueries(String query) {
        for (String path : new String[]{"/api/content/images/nobodys-draft", "/api/content/images/jobs/none",
                "/api/content/images/files", "/nothing", "/q/health"}) {
            assertThat(RawHttp.ask(RawHttp.request("GET", path + "?" + query)).status()).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a|b.png", "\u00eb\u00b4\u0084.png", "{}.png"})
    void refusesWhatIsNoUriInTheImagesPath(String file) {
        for (String query : new String[]{"", "?", "?a={}"}) {
            Answer answer = RawHttp.ask(RawHttp.request("GET", "/api/content/images/files/" + file + query));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("code")).isEqualTo("CONTENT_004");
        }
    }

    @Test
    void reportsErrorsWithAQueryToo() {
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
}
