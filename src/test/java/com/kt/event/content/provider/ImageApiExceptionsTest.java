package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.ProcessingException;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;

import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Calls that failed with an exception instead of a response, and failures that are known already. */
class ImageApiExceptionsTest extends ImageApiFailuresSuite {
    @Test
    void takesARefusedConnectionForARefusal() {
        assertRefused(new ProcessingException(new ConnectException("Connection refused: 10.0.0.1:443")));
    }

    @Test
    void takesAnUnknownHostForARefusal() {
        assertRefused(new ProcessingException(new UnknownHostException("api.openai.com")));
    }

    @Test
    void takesAHostWithoutARouteForARefusal() {
        assertRefused(new ProcessingException(new NoRouteToHostException("No route to host")));
    }

    /** Nothing is asked before both sides know whom they talk to. */
    @Test
    void takesAnUntrustedCertificateForARefusal() {
        assertRefused(new ProcessingException(new SSLHandshakeException("no valid certification path")),
                "the TLS handshake with the image API failed (no valid certification path)");
    }

    @Test
    void looksForTheReasonBelowOtherExceptions() {
        assertRefused(new RuntimeException(new ProcessingException(new IOException(new ConnectException()))));
    }

    @Test
    void takesAReadTimeoutForAnUnknownOutcome() {
        ImageFailure failure = ImageApiFailures.of(new ProcessingException(new TimeoutException("after 295000 ms")));

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void takesABareTimeoutForAnUnknownOutcome() {
        assertThat(ImageApiFailures.of(new TimeoutException())).usingRecursiveComparison()
                .isEqualTo(ImageApiFailures.timeout());
    }

    @Test
    void takesABrokenConnectionForAnUnknownOutcome() {
        ImageFailure failure = ImageApiFailures
                .of(new ProcessingException(new IOException("Connection reset by peer")));

        assertThat(failure.reason()).isEqualTo(Reason.ERROR);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void takesAnyOtherExceptionForAnUnknownOutcome() {
        assertThat(ImageApiFailures.of(new IllegalStateException()).billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(ImageApiFailures.of(new EOFException()).billing()).isEqualTo(Billing.POSSIBLE);
    }

    @Test
    void takesTheTimeoutOfTheGuardForATimeout() {
        ImageFailure failure = ImageApiFailures
                .of(new org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException());

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
    }

    @Test
    void knowsThatNothingWasSentWhileTheCircuitBreakerIsOpen() {
        assertThat(ImageApiFailures.of(new CircuitBreakerOpenException())).isInstanceOf(ImageFailure.NotSent.class);
    }

    /** Nothing reached the provider, which is not its fault. */
    @Test
    void takesACallThatWasEndedBeforeItWasSentForAbandoned() {
        assertThat(ImageApiFailures.of(NotSentException.of(ImageApiFailures.abandoned())))
                .isInstanceOf(ImageFailure.Abandoned.class);
    }

    @Test
    void namesTheRootOfAnExceptionAndQuotesNothing() {
        assertThat(ImageApiFailures.of(new ProcessingException("비밀 할인", new IOException("sk-1234"))))
                .hasMessage("the connection to the image API failed during the call (IOException)").hasNoCause();
    }

    @Test
    void keepsAKnownFailure() {
        ImageFailure known = failureOf(response(429, "3"));

        assertThat(ImageApiFailures.of(known)).isSameAs(known);
    }

    @Test
    void findsAKnownFailureBelowOtherExceptions() {
        ImageFailure known = failureOf(response(400));

        assertThat(ImageApiFailures.of(new ProcessingException(new RuntimeException(known)))).isSameAs(known);
    }

    private static void assertRefused(Throwable exception) {
        assertRefused(exception, "the image API cannot be reached");
    }

    private static void assertRefused(Throwable exception, String message) {
        ImageFailure failure = ImageApiFailures.of(exception);

        assertThat(failure.reason()).isEqualTo(Reason.ERROR);
        assertThat(failure.billing()).isEqualTo(Billing.NONE);
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class).hasMessage(message);
    }
}
