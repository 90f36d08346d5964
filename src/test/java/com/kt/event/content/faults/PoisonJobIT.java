package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.kt.event.content.faults.Provider.Answer;

/** A job that kills every worker that runs it is ended before it has killed all of them. */
@Tag("faults")
class PoisonJobIT {
    @RegisterExtension
    final Platform platform = new Platform();

    @Test
    void theFourthWorkerSurvivesTheJobThatKilledThree() {
        AtomicReference<ServiceProcess> worker = new AtomicReference<>(startWorker("1st"));
        String poison = platform.recommend();
        platform.provider().answers(call -> {
            if (call.title().equals(poison)) {
                worker.get().kill();
                return Answer.never();
            }
            return Answer.image(call);
        });

        AcceptedJob job = new AcceptedJob(worker.get().tryToAccept(poison).orElseThrow(), poison, platform.provider());
        awaitDeath(worker.get());
        worker.set(startWorker("2nd"));
        awaitDeath(worker.get());
        worker.set(startWorker("3rd"));
        awaitDeath(worker.get());
        ServiceProcess fourth = startWorker("4th");
        worker.set(fourth);

        job.endsAs("FAILED", Duration.ofSeconds(20), fourth);
        for (String style : AcceptedJob.STYLES) {
            assertThat(job.style(style, fourth).at("/error/code").asText()).isEqualTo("JOB_STALLED");
            assertThat(job.calls(style)).hasSizeLessThanOrEqualTo(3);
        }
        AcceptedJob other = platform.accept(fourth);
        other.endsAs("COMPLETED", Duration.ofSeconds(10), fourth);
        other.wasPaidOnceOrSaysSo(fourth);
        platform.awaitEmptyQueue();
    }

    private ServiceProcess startWorker(String name) {
        return platform.startService(name, Platform.SHORT_LEASE);
    }

    private static void awaitDeath(ServiceProcess worker) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !worker.isAlive());
    }
}
