package com.kt.event.content.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.core.ConditionTimeoutException;

import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.TakeOver;

/**
 * Take-over without the faults of Redis that hide it in a storm: of new instances, one is killed while it has jobs.
 * None of them has missed anything before.
 */
final class StormTakeOver {
    /** More than the two others may have in flight, so that the killed instance has some. */
    private static final int JOBS = 10;
    private static final Duration START = Duration.ofMinutes(1);

    private final StormRecord record;
    private final List<StormInstance> instances;

    StormTakeOver(StormRecord record, List<StormInstance> instances) {
        this.record = record;
        this.instances = instances;
    }

    /**
     * @param drafts that have a recommendation and no images
     * @param limit how long to wait, which is longer than a take-over may take
     */
    void examine(List<String> drafts, Duration limit) throws IOException {
        instances.forEach(instance -> instance.process.lock());
        try {
            for (StormInstance instance : instances) {
                instance.restart(Duration.ZERO);
            }
            kill(instances.get(0).service(), instances.get(1).service(), drafts.subList(0, JOBS), limit);
            instances.get(0).service().start();
            instances.get(0).awaitServing();
        } finally {
            instances.forEach(instance -> instance.process.unlock());
        }
    }

    private void kill(ServiceProcess victim, ServiceProcess other, List<String> drafts, Duration limit) {
        List<String> jobs = new ArrayList<>();
        drafts.forEach(draft -> jobs.add(accept(draft, other)));
        await().atMost(START).until(() -> victim.metric("content_jobs_in_flight") > 0);
        victim.kill();
        Instant killed = Instant.now();
        jobs.forEach(job -> record.takeOvers.add(new TakeOver(job, ended(job, other, limit)
                ? Duration.between(killed, Instant.now())
                : null)));
    }

    private String accept(String draft, ServiceProcess at) {
        String jobId = await().atMost(START).until(() -> at.tryToAccept(draft), id -> id.isPresent()).orElseThrow();
        record.requests.add(new ImageRequest(draft, null, "generate", Instant.now(), 202, jobId));
        return jobId;
    }

    private static boolean ended(String jobId, ServiceProcess at, Duration limit) {
        try {
            await().atMost(limit).ignoreExceptions()
                    .until(() -> StormClient.ENDS.contains(at.job(jobId).path("status").asText()));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
