package com.kt.event.content.worker;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import com.kt.event.content.job.JobConfig;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Better no start than a job that its dead worker holds until its record has expired. */
@ApplicationScoped
class LeaseCheck {
    /** It starts at PLATFORM_BEFORE, and would set the worker to work while the start is being given up. */
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
                    + "): a job whose worker dies must be taken over before its time is over");
        }
    }
}
