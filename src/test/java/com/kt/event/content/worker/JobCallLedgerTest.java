package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The record of paid calls, across workers. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobCallLedgerTest extends WorkerSuite {
    @Test
    void callsOnceMoreForAnImageOfUnknownOutcomeAndSaysSo() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        double before = unknownCalls();

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(find(job).styles().get(Style.FANCY).possiblyChargedTwice()).isTrue();
        assertThat(find(job).styles().get(Style.SIMPLE).possiblyChargedTwice()).isFalse();
        assertThat(unknownCalls()).isEqualTo(before + 1);
    }

    @Test
    void callsAgainSilentlyAfterARefusedCall() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()).closeCall(Style.FANCY, Instant.now()));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(find(job).possiblyChargedTwice()).isFalse();
        assertThat(find(job).styles().get(Style.FANCY).calls().attempts()).isEqualTo(2);
    }

    @Test
    void forgivesTheProviderOneBreakdownOfAnImageAcrossWorkers() {
        imageApi.answers(Style.FANCY, aResponse().withStatus(500));
        Job job = dropped(
                it -> it.openCall(Style.FANCY, Instant.now()).closeCallOnServerError(Style.FANCY, Instant.now()));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
        assertThat(find(job).styles().get(Style.FANCY).error()).isEqualTo(StyleError.IMAGE_API_ERROR);
    }

    @Test
    void countsNoAttemptThatAnOpenBreakerHeldBack() {
        endSlowStart();
        imageApi.answersEverything(aResponse().withStatus(503));
        Job first = accept();
        claim(worker);
        await().until(() -> redis.key().exists(BREAKER));
        imageApi.drawsAgain();

        ends(first, JobStatus.COMPLETED);
        assertThat(find(first).possiblyChargedTwice()).isFalse();
        assertThat(find(first).styles().values()).allMatch(style -> style.error() == null);
    }

    private double unknownCalls() {
        return meters.counter("content.calls.unknown").count();
    }
}
