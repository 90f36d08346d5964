package com.kt.event.content.job;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;

/** Reads the records of jobs. */
@ApplicationScoped
class JobReader {
    private final ReactiveHashCommands<String, String, String> hashes;
    private final JobCodec hash;

    JobReader(ReactiveRedisDataSource redis, JobCodec hash) {
        this.hashes = redis.hash(String.class);
        this.hash = hash;
    }

    /** As {@link JobManager#find}. */
    Uni<Optional<Job>> find(String jobId) {
        return hashes.hgetall(JobManager.key(jobId))
                .onFailure(RedisFailures::isFinal)
                .transform(failure -> new UnreadableValueException("the job's record is no hash"))
                .map(fields -> fields.isEmpty() ? Optional.<Job>empty() : Optional.of(read(jobId, fields)));
    }

    /** As {@link #find}; nobody can join a job whose record cannot be read. */
    Uni<Optional<Job>> findReadable(String jobId) {
        return find(jobId).onFailure(UnreadableValueException.class).recoverWithItem(Optional.empty());
    }

    private Job read(String jobId, Map<String, String> fields) {
        try {
            return hash.read(jobId, fields);
        } catch (UnreadableValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreadableValueException(
                    "the job's record cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
