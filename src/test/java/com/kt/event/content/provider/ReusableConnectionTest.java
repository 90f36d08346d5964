package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.WaitingTest;

import io.vertx.core.buffer.Buffer;

/** After which responses a connection is used again, and after which it is closed. */
@WaitingTest
class ReusableConnectionTest extends ConnectionReuseSuite {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final Duration SHORT = Duration.ofMillis(300);

    @ParameterizedTest
    @ValueSource(strings = {GOOD, HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\nno",
            "HTTP/1.1 102 Processing\r\n\r\n" + GOOD, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n" + GOOD,
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
            HEAD + "Keep-Alive: timeout=5, max=100\r\nContent-Length: 2\r\n\r\nhi",
            HEAD + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"})
    void isUsedAgain(String response) throws IOException {
        assertReused(connectionAfter(response));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close\r\n", "Connection: Keep-Alive, Close\r\n",
            "Connection: x\r\nConnection: close\r\n", "Keep-Alive: timeout=1\r\n", "Keep-Alive: max=5, timeout=0\r\n",
            "Transfer-Encoding: chunked\r\n"})
    void isClosedAsTheResponseSays(String header) throws IOException {
        String body = header.startsWith("Transfer") ? "2\r\nhi\r\n0\r\n\r\n" : "hi";
        SocketPeer.Connection connection = connectionAfter(HEAD + header + "Content-Length: 2\r\n\r\n" + body);

        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", GOOD + "x", GOOD + "\r\n", GOOD + GOOD,
            "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi",
            "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n" + GOOD,
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"})
    void isClosedAfterAResponseWithoutAClearEnd(String response) throws IOException {
        SocketPeer.Connection connection = connectionAfter(response);

        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(send());
    }

    /** Such as the 408 with which some servers announce that they close an idle connection, or part of it. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", GOOD, "x", "HTTP/1.1 200"})
    void isClosedIfItReceivesWhatNobodyAskedFor(String unasked) throws IOException {
        SocketPeer.Connection connection = idleConnection();

        connection.write(unasked);

        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(send());
    }

    @Test
    void isClosedAfterTheBeginningOfALongError() throws IOException {
        SocketPeer.Connection connection = connectionAfter("HTTP/1.1 400 Bad Request\r\nContent-Length: 100000\r\n\r\n"
                + "x".repeat(HttpExchange.MAX_ERROR_BYTES + 1));

        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(send());
    }

    /** The server may not read the rest of the request. */
    @Test
    void isClosedIfTheResponseComesBeforeTheWholeRequest() throws IOException {
        CompletableFuture<Replies.Reply> early = send(Buffer.buffer("x".repeat(20_000_000)));
        SocketPeer.Connection connection = peer.accept();
        connection.readHead();

        connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");

        assertThat(early.join().status()).isEqualTo(413);
        assertThat(connection.readToEnd()).isLessThan(20_000_000);
        assertGoodOverNewConnection(send());
    }

    @Test
    void isClosedByATimeout() throws IOException {
        CompletableFuture<Replies.Reply> call = replies.send(transport, call(Buffer.buffer("{}"), SHORT))
                .subscribeAsCompletionStage();
        SocketPeer.Connection connection = peer.accept();
        connection.respond(HEAD + "Content-Length: 9\r\n\r\nx");

        assertThat(failure(call)).isInstanceOf(TimeoutException.class);
        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(send());
    }

    @Test
    void isClosedByACancellation() throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = send();
        connection.read();

        call.cancel(false);

        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(send());
    }

    @Test
    void isClosedOnceItWasIdleForTooLong() throws IOException {
        transport = newTransport(options().setKeepAliveTimeout(1).setPoolCleanerPeriod(50));

        assertThat(idleConnection().isClosedByClient()).isTrue();
    }

    /** Vert.x would wait for as long as the server says, or forever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 2_000_000_000})
    void isClosedBeforeTheServerSaysSo(int seconds) throws IOException {
        transport = newTransport(options().setKeepAliveTimeout(1).setPoolCleanerPeriod(50));

        assertThat(connectionAfter(HEAD + "Keep-Alive: timeout=" + seconds + "\r\nContent-Length: 2\r\n\r\nhi")
                .isClosedByClient()).isTrue();
    }

    @Test
    void isClosedWithTheTransport() throws IOException {
        SocketPeer.Connection connection = idleConnection();

        transport.close();

        assertThat(connection.isClosedByClient()).isTrue();
    }

    /** A call that ends late must not close the connection, which another call has by then. */
    @Test
    void staysOpenIfACallIsCancelledThatHasReceivedItsResponse() throws IOException {
        transport = newTransport(options().setMaxPoolSize(1));
        String image = "x".repeat(10_000);
        CompletableFuture<Replies.Reply> waitsForItsPermit = replies.send(transport, new HttpCall(peer.request(),
                Buffer.buffer(), replies.newBody(1_000_000), LONG, null, noPermit())).subscribeAsCompletionStage();
        SocketPeer.Connection connection = peer.accept();
        connection.respond(HEAD + "Content-Length: " + image.length() + "\r\n\r\n" + image);
        CompletableFuture<Replies.Reply> other = send();
        connection.read();

        waitsForItsPermit.cancel(false);
        awaitEventLoop();
        connection.write(GOOD);

        assertThat(other.join().text()).isEqualTo("hi");
    }

    private DownloadPermit noPermit() {
        DownloadLimiter limiter = new DownloadLimiter(vertx, 1, LONG);
        limiter.newPermit().tryAcquire(() -> {
        });
        return limiter.newPermit();
    }
}
