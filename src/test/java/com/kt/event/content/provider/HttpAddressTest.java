package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {
    private static final HttpAddress API = HttpAddress.of("https://api.example:8443/v1/images/generations");

    /** The results of a browser's {@code new URL(link, base)} and, for a host and port without a scheme, those of curl. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "https://cdn.example/a.png | true | cdn.example | 443 | /a.png",
            "http://cdn.example | false | cdn.example | 80 | /",
            "HTTPS://CDN.example:444/A.png | true | cdn.example | 444 | /A.png",
            "https://cdn.example?x=/y | true | cdn.example | 443 | /?x=/y",
            "https://cdn.example/a.png#top?x | true | cdn.example | 443 | /a.png",
            "//cdn.example/a.png | true | cdn.example | 443 | /a.png",
            "/a.png | true | api.example | 8443 | /a.png",
            "a.png | true | api.example | 8443 | /v1/images/a.png",
            "../a.png | true | api.example | 8443 | /v1/a.png",
            "./../../../../a.png | true | api.example | 8443 | /a.png",
            "?page=2 | true | api.example | 8443 | /v1/images/generations?page=2",
            "images/봄 소식.png | true | api.example | 8443 | /v1/images/images/%EB%B4%84%20%EC%86%8C%EC%8B%9D.png",
            "https://cdn.example/봄.png?q=봄 1 | true | cdn.example | 443 | /%EB%B4%84.png?q=%EB%B4%84%201",
            "https://cdn.example/a%2Fb%zz%.png | true | cdn.example | 443 | /a%2Fb%zz%.png",
            "https://cdn.example/[a]{b}?[c]{d} | true | cdn.example | 443 | /[a]%7Bb%7D?[c]{d}",
            "https://cdn.example/a\"b<c>.png | true | cdn.example | 443 | /a%22b%3Cc%3E.png",
            "http://image_api:8080/a.png | false | image_api | 8080 | /a.png",
            "http://user:p@cdn.example/a.png | false | cdn.example | 80 | /a.png",
            "http:\\\\cdn.example\\a.png | false | cdn.example | 80 | /a.png",
            "http:///cdn.example/a.png | false | cdn.example | 80 | /a.png",
            "http://cdn.example:/a.png | false | cdn.example | 80 | /a.png",
            "http://cdn.example./a.png | false | cdn.example. | 80 | /a.png",
            "http://봄.example/a.png | false | xn--4n3b.example | 80 | /a.png",
            "http://%63dn.example/a.png | false | cdn.example | 80 | /a.png",
            "http://[2001:db8::1]:81/a.png | false | [2001:db8::1] | 81 | /a.png",
            "http://127.1/a.png | false | 127.1 | 80 | /a.png",
            "localhost:8080/a.png | false | localhost | 8080 | /a.png",
            "https://cdn.example/a/./b/../c/%2e%2E/d.png | true | cdn.example | 443 | /a/d.png"})
    void leadsWhereABrowserWouldGo(String link, boolean tls, String host, int port, String target) {
        assertThat(API.resolve(link)).isEqualTo(new HttpAddress(tls, host, port, target));
    }

    @Test
    void hasNoBlanksAroundItAndNoLineBreaksInIt() {
        assertThat(API.resolve(" \thttps://cdn.exa\r\nmple/a.png\n "))
                .isEqualTo(HttpAddress.of("https://cdn.example/a.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://cdn.example/a", "gopher://x", "a:b.png", "javascript:alert(1)",
            "http://",
            "http:", "https://:80/a", "http://not a host/a", "http://a%00b/", "http://a%2fb/",
            "http://cdn.example:99999/",
            "http://cdn.example:0/", "http://cdn.example:x/", "http://[::1/a", "jar:http://x!/a"})
    void leadsNowhere(String link) {
        assertThatThrownBy(() -> API.resolve(link)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.png", "/a.png", "//cdn.example/a"})
    void mustSayWhereItBegins(String address) {
        assertThatThrownBy(() -> HttpAddress.of(address)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"http://h/v1, /v1/images", "http://h/v1/, /v1/images", "http://h, /images",
            "http://h/v1?api-version=1, /v1/images?api-version=1"})
    void hasOthersBelowIt(String base, String target) {
        assertThat(HttpAddress.of(base).below("/images").target()).isEqualTo(target);
    }

    @Test
    void takesTheBytesOfAHeaderAsTheyAre() {
        HttpAddress from = HttpAddress.of("http://api.example/v1/x");

        assertThat(from.resolveHeader(bytes("/한글/a b.png?q=봄%20", StandardCharsets.UTF_8)))
                .isEqualTo(from.resolve("/한글/a b.png?q=봄%20"));
        assertThat(from.resolveHeader(bytes("https://한글.example/x", StandardCharsets.UTF_8)))
                .isEqualTo(from.resolve("https://한글.example/x"));
        assertThat(from.resolveHeader(bytes("/봄", Charset.forName("EUC-KR"))).target()).isEqualTo("/%BA%BD");
    }

    private static String bytes(String location, Charset charset) {
        return new String(location.getBytes(charset), StandardCharsets.ISO_8859_1);
    }
}
