package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.generator.ImageFailure.Reason;
import com.kt.event.content.generator.ImageFailure.Trace;

class ImageApiFailuresTest {
    @ParameterizedTest
    @CsvSource({
            "429, ERROR, NONE", "503, ERROR, NONE",
            "500, ERROR, UNLIKELY", "502, ERROR, UNLIKELY",
            "408, TIMEOUT, POSSIBLE", "504, TIMEOUT, POSSIBLE",
            "501, ERROR, POSSIBLE", "505, ERROR, POSSIBLE", "520, ERROR, POSSIBLE", "529, ERROR, POSSIBLE"})
    void saysOfEachOfTheProvidersFaultsWhatItMeans(int status, Reason reason, Trace trace) {
        ImageFailure failure = ImageApiFailures.of(response(status));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.trace()).isEqualTo(trace);
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 413, 422, 499, 302})
    void takesEveryOtherStatusForOurOwnFaultAndFinal(int status) {
        ImageFailure failure = ImageApiFailures.of(response(status));

        assertThat(failure).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.reason()).isEqualTo(Reason.ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500, 408, 400})
    void namesTheStatusInTheMessage(int status) {
        assertThat(ImageApiFailures.of(response(status))).hasMessage("the image API answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 409, 422, 451})
    void recognisesARefusalByModeration(int status) {
        ImageFailure failure = ImageApiFailures.of(Response.status(status)
                .entity("{\"error\": {\"code\": \"content_policy_violation\", \"message\": \"비밀 할인\"}}").build());

        assertThat(failure).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\": {\"code\": \"invalid_size\"}}", "content_filter", "", "<html>"})
    void doesntTakeAnyRefusalForModeration(String body) {
        assertThat(ImageApiFailures.of(Response.status(400).entity(body).build()).reason()).isEqualTo(Reason.ERROR);
    }

    @Test
    void neverBlamesTheProviderForAPictureThatModerationWithheld() {
        ImageFailure failure = ImageApiFailures.rejected("withheld");

        assertThat(failure).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure.trace()).isEqualTo(Trace.POSSIBLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500})
    void quotesNothingOfTheAnswer(int status) {
        String body = "{\"error\": {\"code\": \"content_filter\", \"message\": \"비밀 할인: sk-1234\"}}";

        assertThat(ImageApiFailures.of(Response.status(status).entity(body).build()).getMessage())
                .doesNotContain("비밀", "sk-1234", "content_filter");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void passesOnForHowLongItIsAskedToWait(int status) {
        assertThat(ImageApiFailures.of(response(status, "17")).retryAfter()).contains(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isNotAskedToWaitWithoutTheHeader(int status) {
        assertThat(ImageApiFailures.of(response(status)).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bald", "-5", "1.5", "1e3", "Wed, 21 Oct 2026 07:28:00 GMT", "١٢"})
    void ignoresAWaitThatItCannotRead(String retryAfter) {
        assertThat(ImageApiFailures.of(response(429, retryAfter)).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"600", "601", "86400", "999999999"})
    void waitsForTenMinutesAtMost(String retryAfter) {
        assertThat(ImageApiFailures.of(response(429, retryAfter)).retryAfter()).contains(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 19, 20, 40})
    void doesntStumbleOverAWaitThatNoNumberHolds(int digits) {
        assertThat(ImageApiFailures.of(response(429, "9".repeat(digits))).retryAfter().orElse(Duration.ZERO))
                .isLessThanOrEqualTo(Duration.ofMinutes(10));
    }

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
    void takesACertificateThatNobodyTrustsForARefusal() {
        assertRefused(new ProcessingException(new SSLHandshakeException("no valid certification path")),
                "no TLS connection to the image API (no valid certification path)");
    }

    @Test
    void looksForTheReasonBelowOtherExceptions() {
        assertRefused(new RuntimeException(new ProcessingException(new IOException(new ConnectException()))));
    }

    @Test
    void takesAReadTimeoutForAnUnknownOutcome() {
        ImageFailure failure = ImageApiFailures.of(new ProcessingException(new TimeoutException("after 295000 ms")));

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.trace()).isEqualTo(Trace.POSSIBLE);
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
        assertThat(failure.trace()).isEqualTo(Trace.POSSIBLE);
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void takesWhatItDoesntKnowForAnUnknownOutcome() {
        assertThat(ImageApiFailures.of(new IllegalStateException()).trace()).isEqualTo(Trace.POSSIBLE);
        assertThat(ImageApiFailures.of(new EOFException()).trace()).isEqualTo(Trace.POSSIBLE);
    }

    @Test
    void namesTheRootOfAnExceptionAndQuotesNothing() {
        assertThat(ImageApiFailures.of(new ProcessingException("비밀 할인", new IOException("sk-1234"))))
                .hasMessage("the call of the image API broke off (IOException)").hasNoCause();
    }

    @Test
    void leavesAFailureThatIsKnownAsItIs() {
        ImageFailure known = ImageApiFailures.of(response(429, "3"));

        assertThat(ImageApiFailures.of(known)).isSameAs(known);
    }

    @Test
    void findsAKnownFailureBelowOtherExceptions() {
        ImageFailure known = ImageApiFailures.of(response(400));

        assertThat(ImageApiFailures.of(new ProcessingException(new RuntimeException(known)))).isSameAs(known);
    }

    @Test
    void neverAsksAgainForAPictureThatIsInvalid() {
        ImageFailure failure = ImageApiFailures.invalid("no picture");

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure.trace()).isEqualTo(Trace.POSSIBLE);
    }

    private static void assertRefused(Throwable exception) {
        assertRefused(exception, "the image API cannot be reached");
    }

    private static void assertRefused(Throwable exception, String message) {
        ImageFailure failure = ImageApiFailures.of(exception);

        assertThat(failure.reason()).isEqualTo(Reason.ERROR);
        assertThat(failure.trace()).isEqualTo(Trace.NONE);
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class).hasMessage(message);
    }

    private static Response response(int status) {
        return Response.status(status).build();
    }

    private static Response response(int status, String retryAfter) {
        return Response.status(status).header("Retry-After", retryAfter).build();
    }
}
