package com.kt.event.content.breaker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Status;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.image.Image;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** Requests for images while the breaker is open, or opens. The first pause is 200 ms. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class SharedBreakerTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);

    ImageApiStub stub;
    BreakerStore store;
    SharedBreaker breaker;

    @Inject
    ImageGenerator generator;

    @Inject
    SharedBreakers shared;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry meters;

    private final List<Image> images = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();

    @BeforeEach
    @AfterEach
    void reset() {
        store = shared.store("default");
        breaker = shared.of("default");
        stub.drawsEverything();
        await().until(() -> breaker.state().await().indefinitely().status() != Status.OPEN);
        redis.flushall();
        breakers.resetAll();
    }

    @Test
    void letsCallsThroughWhileItIsClosed() {
        generate();

        await().until(() -> images.size() == 1);
        assertThat(written).containsExactly("calling");
    }

    @Test
    void holdsEveryCallBackWhileItIsOpenBecauseOfAnotherInstance() {
        Instant began = Instant.now();
        store.open(new CallFailure("elsewhere", Duration.ofSeconds(1), null)).await().indefinitely();
        generate();
        generate();

        await().until(() -> images.size() == 2);
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(900));
        assertThat(redis.key().exists("content:breaker")).isFalse();
        assertThat(written).as("what waited did not call").containsExactly("calling", "calling");
    }

    @Test
    void opensForAllInstancesWhenTheLocalBreakerOpens() {
        stub.answersEverything(aResponse().withStatus(503));
        IntStream.range(0, 8).forEach(i -> generate());

        await().until(() -> redis.key().exists("content:breaker"));
        await().until(() -> breaker.state().await().indefinitely().status() == Status.HALF_OPEN);
        stub.drawsAgain();

        await().until(() -> images.size() == 8);
        assertThat(breakers.currentState(SharedBreaker.localName("default"))).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(redis.key().exists("content:breaker")).isFalse();
    }

    @Test
    void opensForAsLongAsTheProviderAsks() {
        stub.answersEverything(aResponse().withStatus(429).withHeader("Retry-After", "2"));
        generate();

        await().until(() -> redis.key().exists("content:breaker"));
        assertThat(redis.key().pttl("content:breaker") - Duration.ofMinutes(6).toMillis()).as("more than our own 0.2 s")
                .isBetween(300L, 2_000L);
        stub.drawsAgain();

        await().until(() -> images.size() == 1);
        assertThat(written).containsExactly("calling", "refused", "calling");
    }

    @Test
    void staysClosedAfterASingleRefusal() {
        stub.answersEverything(aResponse().withStatus(503));
        generate();
        await().until(() -> written.contains("refused"));
        stub.drawsAgain();

        assertThat(redis.key().exists("content:breaker")).isFalse();
        await().until(() -> images.size() == 1);
    }

    @Test
    void closesWhenModerationRefusesTheProbe() {
        halfOpen();
        stub.answersEverything(aResponse().withStatus(400).withBody("{\"error\": {\"code\": \"moderation_blocked\"}}"));
        generate();

        await().until(() -> !redis.key().exists("content:breaker"));
        assertThat(stub.calls()).isEqualTo(1);
    }

    @Test
    void doublesThePauseWhenTheProbeFails() {
        halfOpen();
        stub.answersEverything(aResponse().withStatus(503));
        generate();

        await().until(() -> stub.calls() == 1);
        await().until(() -> redis.value(String.class).get("content:breaker").contains("\"length\":400"));
        stub.drawsAgain();
        await().until(() -> images.size() == 1);
    }

    @Test
    void letsAnotherCallProbeWhenTheProbeIsCancelled() {
        halfOpen();
        stub.answersEverything(aResponse().withFixedDelay(30_000));
        Cancellable probe = generate();
        await().until(() -> stub.calls() == 1);
        stub.drawsAgain();

        probe.cancel();
        generate();

        await().until(() -> images.size() == 1);
    }

    @Test
    void waitsForAnOperatorAndShowsTheFaultAsAMetric() {
        stub.answersEverything(aResponse().withStatus(401));
        generate();
        generate();

        await().until(() -> operatorNeeded("KEY") == 1);
        await().untilAsserted(() -> assertThat(redis.value(String.class).get("content:breaker"))
                .contains("\"fault\":\"KEY\"", "\"length\":1000"));
        assertThat(operatorNeeded("MONEY")).isZero();
        stub.drawsAgain();

        await().until(() -> images.size() == 2);
        assertThat(written).as("a refused call counts as none").contains("notSent")
                .doesNotContain("refused");
        assertThat(operatorNeeded("KEY")).isZero();
    }

    @Test
    void countsAsClosedWhenItsStateIsUnreadable() {
        redis.value(String.class).set("content:breaker", "x");
        generate();

        await().until(() -> images.size() == 1);
        assertThat(redis.key().exists("content:breaker")).isFalse();
    }

    @Test
    void callsOnceMoreAfterAServerError() {
        stub.answersEverything(aResponse().withStatus(502));
        generate();
        await().until(() -> written.contains("brokenDown"));
        stub.drawsAgain();

        await().until(() -> images.size() == 1);
        assertThat(written).containsExactly("calling", "brokenDown", "calling");
    }

    private double operatorNeeded(String fault) {
        return meters.get("content.image.api.operator.needed").tag("fault", fault).gauge().value();
    }

    private void halfOpen() {
        store.open(CallFailure.of("elsewhere")).await().indefinitely();
        await().until(() -> store.read().await().indefinitely().status() == Status.HALF_OPEN);
    }

    private Cancellable generate() {
        return generator.generate(RECOMMENDATION, Style.SIMPLE, new NoLedger() {
            @Override
            public Uni<Void> recordCall(String provider) {
                written.add("calling");
                return super.recordCall(provider);
            }

            @Override
            public Uni<Void> recordRefusal() {
                written.add("refused");
                return super.recordRefusal();
            }

            @Override
            public Uni<Void> recordServerError() {
                written.add("brokenDown");
                return super.recordServerError();
            }

            @Override
            public Uni<Void> recordNotSent() {
                written.add("notSent");
                return super.recordNotSent();
            }
        }, image -> Uni.createFrom().item(image)).subscribe().with(images::add, failure -> {
        });
    }
}
