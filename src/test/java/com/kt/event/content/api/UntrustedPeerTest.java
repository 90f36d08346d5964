package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The forwarded headers of an untrusted peer are ignored. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(UntrustedPeerTest.Elsewhere.class)
class UntrustedPeerTest extends HttpSuite {
    private static final String HEADERS = "Host: shop.example:8443\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Ssl: on\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 81\r\n"
            + "X-Forwarded-Prefix: /evil\r\nX-Forwarded-For: 192.0.2.7\r\nForwarded: host=evil.example\r\n\r\n";

    @Test
    void isNotBelieved() {
        recommend(FLAT);
        Answer accepted = ask("POST /api/content/images/" + draft + "/generate HTTP/1.1\r\n" + HEADERS);

        assertThat(accepted.headers().get("Location")).startsWith("http://shop.example:8443/api/content/images/jobs/");
        assertThat(ask("GET /nothing HTTP/1.1\r\n" + HEADERS).json().getString("instance")).isEqualTo("/nothing");
    }

    public static class Elsewhere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.proxy.trusted-proxies", "192.0.2.0/24");
        }
    }
}
