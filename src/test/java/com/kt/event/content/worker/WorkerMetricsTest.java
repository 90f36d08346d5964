package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The metrics of a worker. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class WorkerMetricsTest extends WorkerSuite {
    @Inject
    QueueMetrics queueMetrics;

    @Test
    void countsImagesByOutcome() {
        imageApi.answers(Style.FANCY, aResponse().withStatus(400));
        double drawn = images("drawn");
        double failed = images("IMAGE_API_ERROR");
        claim(worker);

        ends(accept(), JobStatus.COMPLETED);

        assertThat(images("drawn")).isEqualTo(drawn + 2);
        assertThat(images("IMAGE_API_ERROR")).isEqualTo(failed + 1);
        assertThat(meters.find("content.pictures").counters()).as("one for each outcome")
                .hasSize(1 + StyleError.values().length);
    }

    @Test
    void knowsHowManyJobsWaitOrRun() {
        accept();
        accept();

        get(queueMetrics.measure());

        assertThat(meters.find("content.queue.length").gauge().value()).isEqualTo(2);
    }
}
