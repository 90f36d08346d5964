package com.kt.event.content.generator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import com.kt.event.content.breaker.CallFailure;
import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.provider.BrokenImageException;
import com.kt.event.content.provider.DownloadLimiter;
import com.kt.event.content.provider.Image;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.ImageApiFailures;
import com.kt.event.content.provider.ImageCheck;
import com.kt.event.content.provider.ImageDownload;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** Has a recommendation drawn in a style, and asks again as long as that cannot be paid for twice. */
@ApplicationScoped
public class ImageGenerator {
    private static final Duration SHORTEST_REST = Duration.ofSeconds(5);

    private final Map<Style, StyleConfig.Look> looks;
    private final ImageApi imageApi;
    private final SharedBreaker breaker;
    private final ProviderRecovery recovery;
    private final Clock clock;
    private final DownloadLimiter answers;
    private final ImageDownload download;
    private final ImageCheck images;
    private final Vertx vertx;
    private final Duration secondTry;

    ImageGenerator(ImageApi imageApi, SharedBreaker breaker, DownloadLimiter answers, ImageDownload download,
            StyleConfig styles,
            ImageApiConfig config, ProviderRecovery recovery, Clock clock, ImageCheck images, Vertx vertx) {
        this.recovery = recovery;
        this.clock = clock;
        this.secondTry = config.secondTry();
        this.imageApi = imageApi;
        this.breaker = breaker;
        this.answers = answers;
        this.download = download;
        this.looks = styles.styles();
        this.images = images;
        this.vertx = vertx;
    }

    /**
     * Generates the image and has it kept. Fails with {@link ImageUnavailableException}, and as the ledger and {@code keep} do. While the
     * provider turns requests away this goes on for as long as somebody waits for it; whoever stops waiting stops it.
     *
     * @param keep what to do with the image; until that is done it counts as one of those that arrive
     */
    public <T> Uni<T> generate(Recommendation recommendation, Style style, CallLedger ledger,
            Function<GeneratedImage, Uni<T>> keep) {
        String prompt = looks.get(style).prompt().fill(recommendation);
        Backoff backoff = new Backoff(new SplittableRandom(), secondTry, ledger.hadServerError());
        DownloadLimiter.Place place = answers.place();
        Uni<ResponseImage> calls = Uni.createFrom()
                .deferred(() -> breaker.acquire().chain(permit -> call(prompt, place, permit, ledger)))
                .onFailure(ImageFailure.class).retry().when(failures -> pauses(failures, backoff));
        return restAfter(ledger.lastServerError()).chain(() -> calls)
                .chain(drawn -> image(drawn, place))
                .onFailure(ImageFailure.class)
                .transform(failure -> ImageUnavailableException.of(failure))
                .map(image -> new GeneratedImage(image.format().extension(), image.bytes()))
                .chain(keep::apply)
                .onTermination().invoke(place::close);
    }

    private Uni<ResponseImage> call(String prompt, DownloadLimiter.Place place, CallPermit permit,
            CallLedger ledger) {
        return ledger.recordCall()
                .chain(() -> imageApi.generate(prompt, place).onFailure().transform(ImageGenerator::toFailure))
                .onItem().invoke(recovery::succeeded)
                .onItem().call(permit::success)
                .onFailure(ImageFailure.class).recoverWithUni(failure -> settle(failure, permit, ledger)
                        .chain(() -> Uni.createFrom().failure(failure)))
                .onFailure(failure -> !(failure instanceof ImageFailure)).call(permit::abandoned)
                .onCancellation().call(permit::abandoned);
    }

    /** What did not come to an image is written down before it is tried again, or given up. */
    private static Uni<Void> settle(ImageFailure failure, CallPermit permit, CallLedger ledger) {
        if (failure instanceof ImageFailure.NotSent) {
            return permit.abandoned().chain(ledger::recordNotSent);
        }
        if (failure instanceof ImageFailure.Operator) {
            return permit.failure(callFailure(failure)).chain(ledger::recordNotSent);
        }
        Uni<Void> word = failure instanceof ImageFailure.Permanent
                ? permit.success()
                : permit.failure(callFailure(failure));
        return switch (failure.billing()) {
            case NONE -> word.chain(ledger::recordRefusal);
            case UNLIKELY -> word.chain(ledger::recordServerError);
            case POSSIBLE -> word;
        };
    }

    private static CallFailure callFailure(ImageFailure failure) {
        OperatorFault fault = failure instanceof ImageFailure.Operator operator ? operator.fault() : null;
        return new CallFailure(failure.getMessage(), failure.retryAfter().orElse(Duration.ZERO), fault);
    }

    private Multi<?> pauses(Multi<Throwable> failures, Backoff backoff) {
        return failures.onItem().transformToUniAndConcatenate(failure -> backoff.after((ImageFailure) failure)
                .map(pause -> rest((ImageFailure) failure, pause).replaceWith(failure))
                .orElseGet(() -> Uni.createFrom().failure(failure)));
    }

    private Uni<Void> rest(ImageFailure failure, Duration pause) {
        return failure.billing() == ImageFailure.Billing.UNLIKELY
                ? recovery.await(shortestRest(), pause)
                : Uni.createFrom().voidItem().onItem().delayIt().by(pause);
    }

    /** What another worker began, before it died or stopped. */
    private Uni<Void> restAfter(Instant brokeDownAt) {
        if (brokeDownAt == null) {
            return Uni.createFrom().voidItem();
        }
        Duration left = secondTry.minus(Duration.between(brokeDownAt, clock.instant()));
        if (left.isNegative()) {
            return Uni.createFrom().voidItem();
        }
        Duration longest = left.compareTo(secondTry) < 0 ? left : secondTry;
        return recovery.await(longest.compareTo(shortestRest()) < 0 ? longest : shortestRest(), longest);
    }

    /** A call that succeeds right beside one that broke down does not show that anything has got better since. */
    private Duration shortestRest() {
        return secondTry.compareTo(SHORTEST_REST) < 0 ? secondTry : SHORTEST_REST;
    }

    private Uni<Image> image(ResponseImage drawn, DownloadLimiter.Place place) {
        return drawn.bytes() == null
                ? download.fetch(drawn.address(), place)
                : vertx.executeBlocking(() -> images.check(drawn.bytes()), false)
                        .onFailure(BrokenImageException.class)
                        .transform(BrokenImageException::toFailure);
    }

    /** The guards' own failures. */
    private static ImageFailure toFailure(Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException) {
            return new ImageFailure.NotSent();
        }
        return failure instanceof TimeoutException ? ImageApiFailures.timeout() : ImageApiFailures.of(failure);
    }
}
