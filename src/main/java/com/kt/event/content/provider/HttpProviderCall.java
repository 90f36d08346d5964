package com.kt.event.content.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.kt.event.content.image.Spools;
import com.kt.event.content.ratelimit.CallLimiter;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** A call over HTTP. All its requests end within its time limit. */
class HttpProviderCall implements ProviderCall {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    private final ProviderHttp http;
    private final ProviderConfig config;
    private final long maxResponseBytes;
    private final DownloadPermit permit;
    private final Spools spools;
    private final Function<String, Uni<Void>> ids;
    private final CallLimiter limiter;
    private final long end;
    /** By which the provider can be asked for the outcome; null until it has told it. */
    private volatile String id;

    /**
     * @param permit acquired to receive the image, and released on failure
     * @param spools closed by the caller when the image is not needed any more
     * @param ids records the id of a call
     * @param limiter learns from the responses
     */
    HttpProviderCall(ProviderHttp http, ProviderConfig config, long maxResponseBytes, DownloadPermit permit,
            Spools spools, Function<String, Uni<Void>> ids, CallLimiter limiter) {
        this.http = http;
        this.config = config;
        this.maxResponseBytes = maxResponseBytes;
        this.permit = permit;
        this.spools = spools;
        this.ids = ids;
        this.limiter = limiter;
        this.end = System.nanoTime() + http.limit().toNanos();
    }

    /** A call that asks for the outcome of an earlier one. */
    HttpProviderCall identified(String known) {
        id = known;
        return this;
    }

    @Override
    public ProviderConfig config() {
        return config;
    }

    /** Once the id of the call is known, to ask again costs nothing, and it is done until the outcome or the end is reached. */
    @Override
    public <T> Uni<T> send(ProviderRequest request, Reading<T> reading) {
        if (id == null) {
            return sendOnce(request, reading);
        }
        return Uni.createFrom().deferred(() -> sendOnce(request, reading))
                .onFailure(failure -> tellsNothing(failure) && left().compareTo(RETRY_INTERVAL) > 0)
                .retry().withBackOff(RETRY_INTERVAL, RETRY_INTERVAL).indefinitely();
    }

    private static boolean tellsNothing(Throwable failure) {
        return !(failure instanceof ImageFailure known) || known.outcome() == CallOutcome.BUSY;
    }

    /** Not after the end: a request without time would fail before it is sent, which looks as if it may be repeated. */
    private <T> Uni<T> sendOnce(ProviderRequest request, Reading<T> reading) {
        Duration left = left();
        if (left.isZero()) {
            return Uni.createFrom().failure(new TimeoutException("the time limit"));
        }
        JsonBody json = new JsonBody(spools);
        ResponseBody body = new ResponseBody(json, spools, maxResponseBytes);
        HttpCall call = new HttpCall(request.options(http.userAgent()), request.content(), body, left, null, permit);
        return http.transport().send(call).chain(response -> {
            ProviderResponse meaning = new ProviderResponse(response, json, http.reader(), request.address(), id);
            Supplier<T> read = () -> read(request, meaning, response.isGood(), body, reading);
            return meaning.isShort() ? Uni.createFrom().item(read) : http.workers().run(read::get);
        }).invoke(read -> {
            if (!(read instanceof ResponseImage)) {
                permit.release();
            }
        });
    }

    /** An error in place of the outcome of an identified call says nothing of that outcome, unless the dialect knows better. */
    private <T> T read(ProviderRequest request, ProviderResponse response, boolean isGood, ResponseBody body,
            Reading<T> reading) {
        if (!isGood) {
            ImageFailure failure = reading.failure(response).ofRequest(response.requestId());
            observe(request, response,
                    response.status() == TOO_MANY_REQUESTS && failure.outcome() == CallOutcome.BUSY);
            throw id != null && failure.outcome() == CallOutcome.UNKNOWN
                    ? ImageFailure.busy(failure.getMessage(), failure.retryAfter().orElse(null))
                    : failure;
        }
        observe(request, response, false);
        try {
            body.decompress();
            return reading.read(response);
        } catch (ImageFailure failure) {
            throw failure.ofRequest(response.requestId());
        } catch (IOException e) {
            throw ImageFailure.invalid("the response of the image API cannot be read")
                    .ofRequest(response.requestId());
        }
    }

    /** Polls and look-ups have limits of their own. */
    private void observe(ProviderRequest request, ProviderResponse response, boolean isRefusal) {
        if (request.isPaid()) {
            limiter.observe(RateLimitHeaders.of(response.headers(), isRefusal));
        }
    }

    @Override
    public Uni<Void> recordId(String told) {
        id = told;
        return ids.apply(told);
    }

    @Override
    public Uni<Void> delay(Duration time) {
        return Uni.createFrom().voidItem().onItem().delayIt().onExecutor(http.timer()).by(time);
    }

    @Override
    public Buffer json(Object request) {
        try {
            return Buffer.buffer(http.json().writeValueAsBytes(request));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Zero at the end, else no less than a timer can be set to. */
    Duration left() {
        long left = end - System.nanoTime();
        return left > 0 ? Duration.ofNanos(Math.max(1_000_000, left)) : Duration.ZERO;
    }
}
