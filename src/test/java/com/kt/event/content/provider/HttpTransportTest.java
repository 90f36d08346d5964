package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.WaitingTest;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;

/** Responses, time limits, and calls of which nothing was sent. */
@WaitingTest
class HttpTransportTest extends HttpTransportSuite {
    // --- responses

    @Test
    void receivesAResponse() {
        peer.responds(HEAD + "X-Request-Id: 7\r\nContent-Length: 2\r\n\r\n", "h", "i");

        Replies.Reply response = response(call(LONG));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get("x-request-id")).isEqualTo("7");
        assertThat(response.text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 110, 199})
    void ignoresInterimResponses(int status) {
        String interim = "HTTP/1.1 " + status + " Wait\r\nX-A: b\r\n\r\n";
        peer.responds(interim, interim + interim + GOOD);

        assertThat(response(call(LONG)).text()).isEqualTo("hi");
    }

    @Test
    void readsOnlyTheBeginningOfALongError() {
        peer.responds(socket -> endless(socket, "HTTP/1.1 400 Bad Request\r\n\r\n{\"error\":"));

        Replies.Reply response = response(call(LONG));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.bytes().length).isEqualTo(HttpExchange.MAX_ERROR_BYTES);
        assertThat(response.text()).startsWith("{\"error\":xxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nZZZ\r\n"})
    void keepsTheStatusOfATruncatedError(String rest) {
        peer.responds(socket -> socket.write("HTTP/1.1 503 Unavailable\r\nRetry-After: 3\r\n" + rest)
                .onSuccess(written -> socket.close()));

        Replies.Reply response = response(call(LONG));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("{}");
    }

    @Test
    void rejectsAGoodResponseThatIsTooLarge() {
        peer.responds(socket -> endless(socket, HEAD + "\r\n"));

        assertThat(failure(call(LONG))).isInstanceOf(ImageFailure.class).hasMessageContaining("larger than 1000000");
    }

    /** Each piece as an object of its own would take forty times its length. */
    @Test
    void copiesManySmallChunksIntoFewBlocks() {
        peer.responds(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(300_000) + "0\r\n\r\n");

        assertThat(response(call(LONG)).bytes()).hasSize(300_000).containsOnly('x');
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nZZZ\r\n",
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"})
    void failsIfAGoodResponseIsTruncated(String rest) {
        peer.responds(socket -> socket.write(HEAD + rest).onSuccess(written -> socket.close()));

        assertThat(failure(call(LONG))).isNotInstanceOf(NotSentException.class);
    }

    // --- time

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 100 Continue\r\n\r\n", HEAD, HEAD + "Content-Length: 9\r\n\r\n",
            HEAD + "Content-Length: 9\r\n\r\nx"})
    void timesOutOnASilentPeer(String beginning) {
        peer.responds(beginning);

        CompletableFuture<Throwable> slow = CompletableFuture.supplyAsync(() -> failure(call(SHORT)));
        assertThat(failure(call(peer.request(), "x", LONG, SHORT, null)))
                .isInstanceOf(TimeoutException.class);
        assertThat(slow.join()).isInstanceOf(TimeoutException.class);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void timesOutOnASlowDrip() {
        peer.responds(socket -> drip(socket, HEAD + "Content-Length: 100000\r\n\r\n"));

        assertThat(failure(call(peer.request(), "x", Duration.ofSeconds(1), LONG, null)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void closesTheConnectionsOfCancelledCalls() {
        List<CompletableFuture<HttpResponse>> calls = IntStream.range(0, 20)
                .mapToObj(i -> transport.send(call(LONG)).subscribeAsCompletionStage()).toList();
        await().atMost(LONG).until(() -> peer.open() == 20);

        calls.forEach(call -> call.cancel(false));

        await().atMost(LONG).until(() -> peer.open() == 0);
    }

    // --- nothing was sent

    @Test
    void saysThatNothingWasSentIfTheConnectionFailed() {
        int closed = peer.port();
        peer.close();

        assertNothingWasSent(new RequestOptions().setHost("localhost").setPort(closed));
        assertNothingWasSent(new RequestOptions().setHost("nowhere.invalid").setPort(80));
        // A broadcast address: the kernel refuses with EACCES or ENETUNREACH, by the machine's routes.
        assertNothingWasSent(new RequestOptions().setHost("255.255.255.255").setPort(80));
        peer = new RawPeer(vertx);
    }

    @Test
    void saysThatNothingWasSentIfThePoolHadNoConnectionInTime() {
        transport = newTransport(options().setMaxPoolSize(1));
        CompletableFuture<HttpResponse> first = transport.send(call(LONG)).subscribeAsCompletionStage();
        await().atMost(LONG).until(() -> peer.open() == 1);

        assertThat(failure(call(SHORT))).isInstanceOf(NotSentException.class);
        first.cancel(false);
    }

    @Test
    void saysThatNothingWasSentIfTheHandshakeFails() {
        peer.responds("no TLS here");

        assertThat(failure(call(peer.request().setSsl(true), "", LONG, null, null)))
                .isInstanceOfAny(SSLHandshakeException.class, NotSentException.class);
    }

    /** The peer is the proxy: it refuses to connect any further. */
    @Test
    void saysThatNothingWasSentIfTheProxyRefuses() {
        transport = newTransport(options()
                .setProxyOptions(new ProxyOptions().setHost("localhost").setPort(peer.port())));
        peer.responds("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

        assertThat(failure(call(new RequestOptions().setHost("shop.example").setPort(443).setSsl(true), "", LONG,
                null, null)))
                .isInstanceOfAny(SSLHandshakeException.class, NotSentException.class);
    }

    @Test
    void doesNotSayItOnceTheRequestIsOut() {
        peer.responds(NetSocket::close);

        assertThat(failure(call(LONG))).isNotInstanceOf(NotSentException.class);
    }

    private Throwable failure(HttpCall call) {
        Throwable failure = catchThrowable(() -> response(call));
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private void assertNothingWasSent(RequestOptions request) {
        Throwable failure = failure(call(request, "x", LONG, null, null));
        assertThat(failure).isInstanceOf(NotSentException.class);
        assertThat(ImageApiFailures.of(failure).billing()).isEqualTo(ImageFailure.Billing.NONE);
    }

    private static void endless(NetSocket socket, String beginning) {
        socket.write(beginning).onSuccess(written -> endless(socket, "x".repeat(50_000)));
    }

    private static void drip(NetSocket socket, String beginning) {
        socket.write(beginning).onSuccess(written -> vertx.setTimer(20, now -> drip(socket, "x")));
    }
}
