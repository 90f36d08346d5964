package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The address of a request behind gateways, computed from their headers. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ForwardedHeadersHttpTest extends HttpSuite {
    private static final String JOBS = "/api/content/images/jobs/";
    private static final String DRAFT = "draft-" + UUID.randomUUID();

    /** Requests go to paths that do not exist, because a problem has an instance. */
    private static String instance(String... headers) {
        return ask(get("/nothing", headers)).json().getString("instance");
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\n" + lines(headers) + "\r\n";
    }

    private static String lines(String... headers) {
        return Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
    }

    /** The start of Location, before the path of the job. Because of the idempotency key, all are of the same job. */
    private String base(String... headers) {
        redis.set("ai:event:" + DRAFT, FLAT);
        Answer accepted = ask("POST /api/content/images/" + DRAFT + "/generate HTTP/1.1\r\nIdempotency-Key: " + DRAFT
                + "\r\n" + lines(headers) + "\r\n");
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        String path = JOBS + accepted.json().getString("jobId");
        String location = accepted.headers().get("Location");
        assertThat(location).endsWith(path);
        return location.substring(0, location.length() - path.length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            // Host             | -Proto | -Host            | -Port | address
            "shop.example       | -      | -                | -     | http://shop.example",
            "shop.example:80    | -      | -                | -     | http://shop.example",
            "shop.example:8080  | -      | -                | -     | http://shop.example:8080",
            "shop.example:443   | -      | -                | -     | http://shop.example:443",
            "shop_1:8080        | -      | -                | -     | http://shop_1:8080",
            "192.0.2.7:8080     | -      | -                | -     | http://192.0.2.7:8080",
            "[2001:db8::7]      | -      | -                | -     | http://[2001:db8::7]",
            "[2001:db8::7]:8080 | -      | -                | -     | http://[2001:db8::7]:8080",
            "shop.example       | https  | -                | -     | https://shop.example",
            "shop.example:8443  | https  | -                | -     | https://shop.example:8443",
            "shop_1:8443        | https  | -                | -     | https://shop_1:8443",
            "192.0.2.7:8443     | https  | -                | -     | https://192.0.2.7:8443",
            "[2001:db8::7]      | https  | -                | -     | https://[2001:db8::7]",
            "[2001:db8::7]:8443 | https  | -                | -     | https://[2001:db8::7]:8443",
            "shop.example:443   | https  | -                | -     | https://shop.example",
            "shop.example:80    | https  | -                | -     | https://shop.example",
            "shop.example:8080  | http   | -                | -     | http://shop.example:8080",
            "shop.example:80    | http   | -                | -     | http://shop.example",
            "shop.example:443   | http   | -                | -     | http://shop.example",
            "shop.example       | -      | -                | 8080  | http://shop.example:8080",
            "shop.example       | https  | -                | 8443  | https://shop.example:8443",
            "shop.example:8080  | https  | -                | 8443  | https://shop.example:8443",
            "shop.example:8080  | https  | -                | 443   | https://shop.example",
            "shop.example:8080  | -      | -                | 80    | http://shop.example",
            "[2001:db8::7]:8080 | https  | -                | 8443  | https://[2001:db8::7]:8443",
            "content:8080       | -      | shop.example     | -     | http://shop.example",
            "content:8080       | https  | shop.example     | -     | https://shop.example",
            "content:8080       | -      | shop.example:81  | -     | http://shop.example:81",
            "content:8080       | https  | shop.example:81  | -     | https://shop.example:81",
            "content:8080       | https  | shop.example:443 | -     | https://shop.example",
            "content:8080       | https  | [2001:db8::7]    | -     | https://[2001:db8::7]",
            "content:8080       | https  | [2001:db8::7]:81 | -     | https://[2001:db8::7]:81",
            "content:8080       | https  | shop.example     | 8443  | https://shop.example:8443",
            "content:8080       | -      | shop.example     | 8443  | http://shop.example:8443",
            "content:8080       | https  | shop.example:81  | 8443  | https://shop.example:8443",
            "content:8080       | https  | shop.example:81  | 443   | https://shop.example",
            "content            | https  | [2001:db8::7]    | 8443  | https://[2001:db8::7]:8443",
            // Gateway behind gateway: the client sent its request to the first.
            "content:8080       | https, http | shop.example, inner:81 | 8443, 80 | https://shop.example:8443",
            "content:8080       | https ,http | shop.example:82 ,inner | -        | https://shop.example:82",
            "shop.example:8443  | HTTPS  | -                | -     | https://shop.example:8443",
            "content:8080       | https  | shop.example:    | -     | https://shop.example",
    })
    void tellsTheAddressThatTheGatewayWasAskedFor(String host, String proto, String forwardedHost, String port,
            String address) {
        String[] headers = Stream.of(header("Host", host), header("X-Forwarded-Proto", proto),
                header("X-Forwarded-Host", forwardedHost), header("X-Forwarded-Port", port))
                .flatMap(Stream::ofNullable).toArray(String[]::new);

        assertThat(base(headers)).isEqualTo(address);
        assertThat(instance(headers)).isEqualTo("/nothing");
        String[] fromOwnPage = Stream.concat(Stream.of(headers), Stream.of("Origin: " + address))
                .toArray(String[]::new);
        assertThat(base(fromOwnPage)).as("takes a page of that address for its own").isEqualTo(address);
    }

    private static String header(String name, String value) {
        return value == null ? null : name + ": " + value;
    }

    @ParameterizedTest
    @CsvSource({"off, http://shop.example:8443", "on, https://shop.example:8443", "On, https://shop.example:8443"})
    void knowsTlsByItsOtherHeader(String ssl, String address) {
        assertThat(base("Host: shop.example:8443", "X-Forwarded-Ssl: " + ssl)).isEqualTo(address);
    }

    @Test
    void tellsAnHttp10ClientWithoutAHostWhatTheGatewayWasAskedFor() {
        assertThat(ask("GET /nothing HTTP/1.0\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /shop\r\n\r\n").json()
                .getString("instance")).isEqualTo("/shop/nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/shop | /shop", "/shop/ | /shop", "/shop/v1 | /shop/v1", "/ | ''",
            "/a.b-c_d~1 | /a.b-c_d~1", "/..a/.b | /..a/.b", "/%EC%83%81%EC%A0%90 | /%EC%83%81%EC%A0%90",
            "/a%2Fb | /a%2Fb", "/outer, /inner | /outer/inner", "/outer/,/inner/ | /outer/inner"})
    void tellsThePathThatTheGatewayWasAskedFor(String prefix, String path) {
        String[] headers = {"Host: shop.example", "X-Forwarded-Prefix: " + prefix};

        assertThat(base(headers)).isEqualTo("http://shop.example" + path);
        assertThat(instance(headers)).isEqualTo(path + "/nothing");
    }

    @Test
    void putsThePrefixesOfSeveralHeadersTogether() {
        String[] headers = {"Host: shop.example", "X-Forwarded-Prefix: /outer", "X-Forwarded-Prefix: /inner"};

        assertThat(base(headers)).isEqualTo("http://shop.example/outer/inner");
        assertThat(instance(headers)).isEqualTo("/outer/inner/nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//other.example", "///other.example", "/\\other.example", "\\\\other.example",
            "https://other.example", "https:other.example", "other.example", "shop", "/../..", "/shop/../..", "/..",
            "/.", "/./shop", "/%2e%2e/%2E%2e", "/.%2e/", "/shop//other.example", "/shop?a=", "/shop#a", "/shop;a",
            "/shop@other.example", "/sh op", "/shop\t/a", "/%zz", "/%", "/\u0085", "/\u00e9", "javascript:alert(1)",
            "/<script>", "/shop, //other.example", "//other.example, /shop", "/shop, https://other.example", ",", "*",
            "/:8080", "/'\"", "?", "#"})
    void ignoresAPrefixThatIsNoPath(String prefix) {
        String[] headers = {"Host: shop.example", "X-Forwarded-Prefix: " + prefix};

        assertThat(base(headers)).isEqualTo("http://shop.example");
        assertThat(instance(headers)).isEqualTo("/nothing");
    }

    @Test
    void ignoresAPrefixThatLeavesNoRoomForThePath() {
        String longest = "/" + "a".repeat(255);

        assertThat(base("Host: shop.example", "X-Forwarded-Prefix: " + longest))
                .isEqualTo("http://shop.example" + longest);
        assertThat(base("Host: shop.example", "X-Forwarded-Prefix: " + longest + "a"))
                .isEqualTo("http://shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/x", "/evil.example", "//evil.example", "https://evil.example",
            "evil.example x", "evil example", "user@evil.example", "user:pw@evil.example", "evil.example:80:80",
            "evil.example:port", "evil.example:65536", "evil.example:-1", "evil.example:+1", "evil.example?x",
            "evil.example#x", "evil.example\\x", "evil.example;x", "evil.example%2Fx", "evil<", "[::1", "::1", "[evil]",
            "\u00e9vil.example", "", " ", ",", ", evil.example", "javascript:alert(1)", "\"evil.example\""})
    void ignoresAHostThatIsNone(String host) {
        assertThat(base("Host: shop.example:8443", "X-Forwarded-Proto: https", "X-Forwarded-Host: " + host))
                .isEqualTo("https://shop.example:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+443", "65536", "99999999999", "port", "8443a", "84 43", "0x50", ","})
    void ignoresAPortThatIsNone(String port) {
        assertThat(base("Host: shop.example:8443", "X-Forwarded-Proto: https", "X-Forwarded-Port: " + port))
                .isEqualTo("https://shop.example:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "javascript", "wss", "ftp", "https:", "https://", "ht tp", "\"https\"", ","})
    void ignoresASchemeThatIsNone(String scheme) {
        assertThat(base("Host: shop.example:8443", "X-Forwarded-Proto: " + scheme))
                .isEqualTo("http://shop.example:8443");
    }

    /** RFC 7239: a client may have sent it through a gateway that knows only X-Forwarded. */
    @Test
    void ignoresForwarded() {
        assertThat(base("Host: shop.example", "Forwarded: proto=https;host=evil.example;for=192.0.2.7"))
                .isEqualTo("http://shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "192.0.2.7, 10.0.0.1", "[2001:db8::7]:1234", "2001:db8::7", "unknown", "", ",",
            "a b", ":", "1:99999", "<script>"})
    void toleratesAnyForwardedClient(String client) {
        assertThat(base("Host: shop.example", "X-Forwarded-For: " + client)).isEqualTo("http://shop.example");
    }
}
