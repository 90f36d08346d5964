package com.kt.event.content.worker;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import com.kt.event.content.job.JobConfig;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses to start with a lease so long that a dead worker's job would expire before another could take it over. */
@ApplicationScoped
class LeaseCheck {
    /** The scheduler starts at PLATFORM_BEFORE, and would claim jobs while this start is being aborted. */
    private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    private final WorkerConfig worker;
    private final JobConfig jobs;

    LeaseCheck(WorkerConfig worker, JobConfig jobs) {
        this.worker = worker;
        this.jobs = jobs;
    }

    void refuseALeaseThatIsTooLong(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent event) {
        if (worker.enabled() && worker.lease().multipliedBy(2).compareTo(jobs.job().deadline()) > 0) {
            throw new ConfigurationException("content.worker.lease (" + worker.lease()
                    + ") must be at most half of content.job.deadline (" + jobs.job().deadline()
                    + "): a job whose worker dies must be taken over before its deadline");
        }
    }
}
