package com.kt.event.content.job;

import java.time.Clock;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.mutiny.Uni;

/** The sequence diagram's JobManager: creates, finds and cancels jobs. */
@ApplicationScoped
public class JobManager {
    private final JobAcceptance acceptance;
    private final JobStore store;
    private final LiveJobs liveJobs;
    private final Clock clock;

    JobManager(JobAcceptance acceptance, JobStore store, LiveJobs liveJobs, Clock clock) {
        this.acceptance = acceptance;
        this.store = store;
        this.liveJobs = liveJobs;
        this.clock = clock;
    }

    /** As {@link #createJob(JobRequest, JobId)}, for a request that will not be repeated with the same id. */
    public Uni<Job> createJob(JobRequest request) {
        return createJob(request, JobId.create());
    }

    /**
     * The draft's live job if it satisfies the request, or else a new job with this id. A new job is COMPLETED at once if
     * existing images cover all styles. Fails with {@link QueueFullException}, and with {@link NotAcceptedException}.
     */
    public Uni<Job> createJob(JobRequest request, JobId id) {
        return acceptance.createJob(request, id);
    }

    /**
     * The job of this id if it is accepted, because an earlier attempt to create it succeeded or a worker has claimed it.
     * Fails as {@link #find} does.
     */
    public Uni<Optional<Job>> findAccepted(String jobId) {
        return acceptance.findAccepted(jobId);
    }

    /**
     * Completes an earlier attempt to create the job of this id: returns it if it is accepted, and accepts it if only its
     * record exists. Empty if there is no record. Fails as {@link #createJob} and {@link #find} do.
     */
    public Uni<Optional<Job>> resume(String jobId) {
        return acceptance.resume(jobId);
    }

    /** Runs the steps of {@link #createJob} once without writing anything, so that the first request is fast. */
    public Uni<Void> warmUp(JobRequest request) {
        return acceptance.warmUp(request);
    }

    /** Empty if there is no such job. Fails with {@link UnreadableValueException} if its record cannot be read. */
    public Uni<Optional<Job>> find(String jobId) {
        return store.find(jobId);
    }

    /**
     * Ends the job without further calls; existing images stay. Empty if there is no such job. Fails with
     * {@link IllegalMoveException} if the job has ended otherwise.
     */
    public Uni<Optional<Job>> cancel(String jobId) {
        return find(jobId).chain(found -> found.isEmpty()
                ? Uni.createFrom().item(found)
                : store.updateWithoutLease(found.get(), job -> job.cancel(clock.instant())).map(Optional::of)
                        .onFailure(LeaseLostException.class).recoverWithItem(Optional.empty()));
    }

    /** Later requests for the draft no longer join its live jobs. The jobs go on running. */
    public Uni<Void> forgetLiveJobs(String eventDraftId) {
        return liveJobs.forget(eventDraftId);
    }
}
