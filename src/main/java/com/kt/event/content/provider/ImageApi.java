package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.cost.Cost;
import com.kt.event.content.cost.Price;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.image.Spools;
import com.kt.event.content.ratelimit.CallLimiter;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

/** One provider, with the guards of its calls. */
public final class ImageApi {
    private final ProviderHttp http;
    private final ProviderConfig config;
    private final ImageProvider dialect;
    private final SharedBreaker breaker;
    private final TypedGuard<Uni<ResponseImage>> guard;
    private final ImageRules rules;
    private final CallLimiter limiter;
    private final Price price;
    private final ImageSize wish;

    /**
     * @param price null if none is configured
     * @param wish the size that suits best
     */
    ImageApi(ProviderHttp http, ProviderConfig config, ImageRules rules, ImageProvider dialect, SharedBreaker breaker,
            TypedGuard<Uni<ResponseImage>> guard, CallLimiter limiter, Price price, ImageSize wish) {
        this.http = http;
        this.config = config;
        this.rules = rules;
        this.dialect = dialect;
        this.breaker = breaker;
        this.guard = guard;
        this.limiter = limiter;
        this.price = price;
        this.wish = wish;
    }

    /** As configured. */
    public String name() {
        return config.name();
    }

    /** As configured; a response may name another. */
    public String model() {
        return config.model();
    }

    public SharedBreaker breaker() {
        return breaker;
    }

    public CallLimiter limiter() {
        return limiter;
    }

    /** What a call cost that made an image; null if that is not known. */
    public Cost cost(Usage usage) {
        return price == null
                ? null
                : price.of(usage.inputTokens(), usage.outputTokens(), usage.units().get(Usage.IMAGES),
                        usage.units().get(Usage.SECONDS));
    }

    /** Of its prices, as in ISO 4217; empty if it has none. */
    public Optional<String> currency() {
        return Optional.ofNullable(price).map(Price::currency);
    }

    /** How long the one further call after a server error waits, unless another call succeeds before. */
    public Duration secondTry() {
        return rules.secondTry();
    }

    ProviderConfig config() {
        return config;
    }

    ImageRules rules() {
        return rules;
    }

    /**
     * Requests one image, once. Fails with {@link ImageFailure}, with the breaker's
     * {@code CircuitBreakerOpenException} without a call, or with the timeout's {@code TimeoutException}.
     *
     * @param permit acquired to receive the image, and released on failure
     * @param spools closed by the caller when the image is not needed any more
     * @param ids records the id by which the provider can be asked for the outcome
     */
    Uni<ResponseImage> generate(String prompt, DownloadPermit permit, Spools spools, Function<String, Uni<Void>> ids) {
        return guard.get(() -> call(permit, () -> dialect.generate(new ImageRequest(prompt, wish),
                newCall(permit, spools, ids))));
    }

    /**
     * Asks for the outcome of an earlier call. Fails with {@link ImageFailure}, of which {@link CallOutcome#BUSY} means that
     * it cannot be asked for now. No breaker counts it.
     *
     * @param id of that call
     */
    Uni<ResponseImage> resume(String id, DownloadPermit permit, Spools spools) {
        return call(permit, () -> dialect
                .resume(id, newCall(permit, spools, same -> Uni.createFrom().voidItem()).identified(id))
                .onFailure(failure -> !(failure instanceof ImageFailure))
                .transform(
                        failure -> ImageFailure.busy("the image API cannot be asked for the outcome of a call", null)));
    }

    /** Asks whether key and model are accepted, which generates nothing. */
    Uni<ProviderStatus> status(DownloadPermit permit, Spools spools) {
        return dialect.status(newCall(permit, spools, id -> Uni.createFrom().voidItem()));
    }

    private HttpProviderCall newCall(DownloadPermit permit, Spools spools, Function<String, Uni<Void>> ids) {
        return new HttpProviderCall(http, config, rules.maxResponseBytes(), permit, spools, ids, limiter);
    }

    private Uni<ResponseImage> call(DownloadPermit permit, Supplier<Uni<ResponseImage>> requests) {
        return Uni.createFrom().deferred(requests::get)
                .onFailure().invoke(permit::release)
                .onFailure()
                .transform(failure -> http.isClosed() ? ImageApiFailures.stopping() : ImageApiFailures.of(failure));
    }
}
