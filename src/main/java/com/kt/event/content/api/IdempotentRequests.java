package com.kt.event.content.api;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.idempotency.Attempt;
import com.kt.event.content.idempotency.IdempotencyKeyReusedException;
import com.kt.event.content.idempotency.IdempotencyStore;
import com.kt.event.content.idempotency.KeyState;
import com.kt.event.content.idempotency.LostResponseException;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.QueueFullException;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.UnreadableRecommendationException;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.mutiny.Uni;

/**
 * Starts one job per idempotency key, however often the request is sent. Only the acceptance of a job is stored and
 * replayed; a request that failed may be tried again.
 *
 * <p>The key's entry names the job before anything else is done. An attempt can end in doubt: Redis did not answer in time,
 * the caller hung up, or the instance died. The next attempt with the key then finds out what became of that job. The job
 * is the response if it was accepted; otherwise it is accepted now, with the same id. So one key never starts two jobs.
 * {@code JobAcceptance} lists what an attempt may leave behind.
 */
@ApplicationScoped
class IdempotentRequests {
    /** Failures after which the first attempt is sure to have begun nothing. */
    private static final Set<Class<? extends Throwable>> NOTHING_BEGUN = Set.of(
            RecommendationNotSelectedException.class,
            UnreadableRecommendationException.class, QueueFullException.class);

    private final IdempotencyStore idempotencyStore;
    private final JobManager jobManager;
    private final JsonCodec json;
    private final Duration jobTtl;

    /** @param replayed whether an earlier request with the key had the same response */
    record Result(JobAccepted job, boolean replayed) {
        static Result first(Job job) {
            return new Result(JobAccepted.of(job), false);
        }
    }

    IdempotentRequests(IdempotencyStore idempotencyStore, JobManager jobManager, JsonCodec json, JobConfig config) {
        this.idempotencyStore = idempotencyStore;
        this.jobManager = jobManager;
        this.json = json;
        this.jobTtl = config.job().ttl();
    }

    /**
     * Does the work if the key is new, and otherwise replays the response, waiting for an attempt under way. Fails with
     * {@link IdempotencyKeyReusedException} if the key came with another request before, and with
     * {@link LostResponseException} if the outcome of the first attempt is not known any more.
     */
    Uni<Result> once(String key, String request, Function<JobId, Uni<Job>> work) {
        return Uni.createFrom().deferred(() -> {
            Attempt attempt = Attempt.of(key, request);
            return idempotencyStore.take(attempt, JobId.create().value()).chain(state -> switch (state.outcome()) {
                case NEW -> finish(attempt, state, start(state, work), NOTHING_BEGUN);
                case IN_DOUBT -> finish(attempt, state, resume(state, work), Set.of());
                case ANSWERED -> Uni.createFrom().item(new Result(read(attempt, state.response()), true));
            });
        });
    }

    private static Uni<Result> start(KeyState state, Function<JobId, Uni<Job>> work) {
        return work.apply(new JobId(state.jobId(), false)).map(Result::first);
    }

    /**
     * Finds out what became of the job that an earlier attempt was to start. If it was not accepted, the work is done again
     * with the same id: another job may meanwhile generate, or have generated, the images.
     */
    private Uni<Result> resume(KeyState state, Function<JobId, Uni<Job>> work) {
        return jobManager.findAccepted(state.jobId())
                .onFailure(UnreadableValueException.class).transform(failure -> new LostResponseException())
                .chain(job -> {
                    if (job.isPresent()) {
                        return Uni.createFrom().item(new Result(JobAccepted.of(job.get()), true));
                    }
                    if (state.age().compareTo(jobTtl) >= 0) {
                        throw new LostResponseException();
                    }
                    return restart(state.jobId(), work).map(Result::first);
                });
    }

    private Uni<Job> restart(String jobId, Function<JobId, Uni<Job>> work) {
        return work.apply(JobId.reuse(jobId))
                .onFailure(IdempotentRequests::isRecommendationLost)
                .recoverWithUni(failure -> resumeWithoutRecommendation(jobId, failure));
    }

    private static boolean isRecommendationLost(Throwable failure) {
        return failure instanceof RecommendationNotSelectedException
                || failure instanceof UnreadableRecommendationException;
    }

    /** The job's record has its recommendation, and the job may be queued already. */
    private Uni<Job> resumeWithoutRecommendation(String jobId, Throwable failure) {
        return jobManager.resume(jobId).chain(job -> job.isPresent()
                ? Uni.createFrom().item(job.get())
                : Uni.createFrom().failure(failure));
    }

    private Uni<Result> finish(Attempt attempt, KeyState state, Uni<Result> work,
            Set<Class<? extends Throwable>> nothingBegun) {
        return work
                .call(result -> remember(attempt, result.job(), state.jobId()))
                .onFailure().call(failure -> nothingBegun.contains(failure.getClass())
                        ? idempotencyStore.forget(attempt)
                        : idempotencyStore.release(attempt))
                .onCancellation().invoke(() -> idempotencyStore.releaseInBackground(attempt));
    }

    /** May fail only if the response is another job than the entry names: the named job can be found without it. */
    private Uni<Void> remember(Attempt attempt, JobAccepted response, String jobId) {
        Uni<Void> remembered = idempotencyStore.remember(attempt, response);
        return response.jobId().equals(jobId)
                ? remembered.onFailure().recoverWithUni(() -> idempotencyStore.release(attempt))
                : remembered;
    }

    private JobAccepted read(Attempt attempt, String response) {
        try {
            JobAccepted accepted = json.read(response, JobAccepted.class);
            if (accepted.jobId() != null && accepted.status() != null) {
                return accepted;
            }
        } catch (UnreadableValueException e) {
            throw idempotencyStore.unreadable(attempt);
        }
        throw idempotencyStore.unreadable(attempt);
    }

    /** Does what a request with a key does, without leaving anything in Redis, so that the first caller finds it warm. */
    Uni<Void> warmUp() {
        JobAccepted response = new JobAccepted(UUID.randomUUID().toString(), JobStatus.PENDING, "");
        json.read(json.write(response), JobAccepted.class);
        return idempotencyStore.warmUp(response);
    }
}
