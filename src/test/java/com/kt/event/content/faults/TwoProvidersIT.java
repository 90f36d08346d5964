package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.kt.event.content.faults.Provider.Answer;

/** Two providers, of which one is down at a time: no job fails, and none waits for the end of the outage. */
@Tag("faults")
class TwoProvidersIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Platform platform = new Platform();

    @Test
    void noJobFailsWhileOneLives() {
        Provider second = platform.closesAtEnd(new Provider());
        String[] settings = {"content.providers.second.type", "openai", "content.providers.second.url", second.url(),
                "content.providers.order", "default,second"};
        List<ServiceProcess> services = List.of(platform.startService("A", settings),
                platform.startService("B", settings));

        platform.provider().answers(call -> Answer.status(503));
        complete(services, 20);
        assertThat(second.calls()).as("calls of the second").hasSize(20 * STYLES.size());

        platform.provider().draws();
        second.answers(call -> Answer.status(401));
        complete(services, 20);
        assertThat(second.calls().size()).as("calls of the second").isLessThan(2 * 20 * STYLES.size());
        platform.awaitEmptyQueue();
    }

    private void complete(List<ServiceProcess> services, int jobs) {
        List<AcceptedJob> accepted = IntStream.range(0, jobs).mapToObj(i -> platform.accept(services.get(i % 2)))
                .toList();
        accepted.forEach(job -> {
            job.endsAs("COMPLETED", LIMIT, services.get(0));
            assertThat(job.json(services.get(0)).path("possiblyChargedTwice").asBoolean()).isFalse();
        });
    }
}
