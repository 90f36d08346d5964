package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.WaitingTest;

import io.vertx.core.buffer.Buffer;

/**
 * Pooled connections that the peer closes. A request of which the peer cannot have the whole is sent again, over another
 * connection; any other is not.
 */
@WaitingTest
class StaleConnectionTest extends ConnectionReuseSuite {
    /** More than the buffers on the way hold. */
    private static final Buffer LARGE = Buffer.buffer("x".repeat(20_000_000));

    // --- nothing was sent

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleOneIsReplacedOnceItIsClosed(boolean reset) throws IOException {
        close(idleConnection(), reset);

        assertGoodOverNewConnection(send());
        assertThat(peer.requests()).isEqualTo(2);
    }

    /** The call has its connection when the peer closes it, and the client's thread is too busy to notice that. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneIsReplacedThatIsClosedJustBeforeTheRequest(boolean reset) throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Void> busy = blockEventLoop();
        CompletableFuture<Replies.Reply> call = send();

        close(connection, reset);
        busy.complete(null);

        assertGoodOverNewConnection(call);
        assertThat(peer.requests()).isEqualTo(2);
    }

    @Test
    void oneIsReplacedThatReceivesAnnouncementsJustBeforeTheRequest() throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Void> busy = blockEventLoop();
        CompletableFuture<Replies.Reply> call = send();

        connection.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        busy.complete(null);

        assertGoodOverNewConnection(call);
        assertThat(peer.requests()).isEqualTo(2);
    }

    @Test
    void manyAreReplacedAtOnce() throws IOException {
        List<CompletableFuture<Replies.Reply>> calls = new ArrayList<>();
        List<SocketPeer.Connection> connections = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(send());
            connections.add(peer.accept());
        }
        for (SocketPeer.Connection connection : connections) {
            connection.respond(GOOD);
        }
        calls.forEach(CompletableFuture::join);
        awaitEventLoop();
        CompletableFuture<Void> busy = blockEventLoop();
        CompletableFuture<Replies.Reply> call = send();
        connections.forEach(SocketPeer.Connection::close);
        busy.complete(null);

        assertGoodOverNewConnection(call);
        assertThat(peer.requests()).isEqualTo(6);
    }

    @Test
    void oneIsReplacedThatIsClosedBeforeTheWholeRequestIsWritten() throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = send(LARGE);
        connection.readHead();

        connection.reset();

        assertGoodOverNewConnection(call);
        assertThat(peer.requests()).isEqualTo(2);
    }

    /** The pause of the whole process is longer than the idle limit. */
    @Test
    void oneIsReplacedThatWasIdleForTooLong() throws IOException {
        transport = newTransport(options().setKeepAliveTimeout(1).setPoolCleanerPeriod(60_000));
        long start = System.nanoTime();
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = callAfter(start + 1_100_000_000L);

        assertThat(connection.isClosedByClient()).isTrue();
        assertGoodOverNewConnection(call);
    }

    @Test
    void aFirstOneIsNotReplaced() throws IOException {
        CompletableFuture<Replies.Reply> call = send(LARGE);
        SocketPeer.Connection connection = peer.accept();
        connection.readHead();

        connection.reset();

        assertThat(failure(call)).isInstanceOf(NotSentException.class);
        assertThat(peer.requests()).isZero();
    }

    // --- the outcome is unknown

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatWasReceivedIsNotSentAgain(boolean reset) throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = send();
        connection.read();

        close(connection, reset);

        assertUnknown(call, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", "nonsense\r\n\r\n"})
    void aRequestIsNotSentAgainAfterPartOfAResponse(String response) throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = send();
        connection.respond(response);

        connection.close();

        assertUnknown(call, 2);
    }

    /** The peer closes the connection while the request is on its way. It has received it, for all that is known. */
    @Test
    void aRequestThatIsWrittenIsNotSentAgainEvenIfNobodyReadsIt() throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = send();
        connection.awaitBytes();

        connection.close();

        assertUnknown(call, 1);
    }

    /** The end of a call that is being written waits for the result of that. */
    @Test
    void aTimeoutDuringTheRequestSaysThatNothingWasSent() throws IOException {
        SocketPeer.Connection connection = idleConnection();
        CompletableFuture<Replies.Reply> call = replies.send(transport, call(LARGE, Duration.ofMillis(300)))
                .subscribeAsCompletionStage();
        connection.readHead();

        assertThat(failure(call)).isInstanceOf(NotSentException.class);
        assertThat(peer.requests()).isEqualTo(1);
    }

    private static void close(SocketPeer.Connection connection, boolean reset) throws IOException {
        if (reset) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    private CompletableFuture<Void> blockEventLoop() {
        CompletableFuture<Void> busy = new CompletableFuture<>();
        vertx.runOnContext(now -> busy.join());
        return busy;
    }

    private CompletableFuture<Replies.Reply> callAfter(long nanoTime) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        vertx.setTimer(Math.max(1, (nanoTime - System.nanoTime()) / 1_000_000), now -> over.complete(null));
        over.join();
        return send();
    }

    private void assertUnknown(CompletableFuture<Replies.Reply> call, int requests) {
        Throwable failure = failure(call);
        assertThat(failure).isNotInstanceOf(NotSentException.class);
        assertThat(ImageApiFailures.of(failure).billing()).isEqualTo(ImageFailure.Billing.POSSIBLE);
        assertThat(peer.requests()).isEqualTo(requests);
        assertThat(peer.connections()).isEqualTo(1);
    }
}
