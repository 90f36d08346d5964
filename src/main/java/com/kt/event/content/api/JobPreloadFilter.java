package com.kt.event.content.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.smallrye.mutiny.Uni;

/**
 * Loads the job before its event stream begins. The framework commits the response (200) before it asks for the first event,
 * which is too late for a 404 or 503.
 */
class JobPreloadFilter {
    private static final String SNAPSHOT = JobPreloadFilter.class.getName();

    private final JobWatch jobWatch;

    JobPreloadFilter(JobWatch jobWatch) {
        this.jobWatch = jobWatch;
    }

    /** The job as it was loaded, for the method that returns the stream. */
    static JobSnapshot of(ContainerRequestContext request) {
        return (JobSnapshot) request.getProperty(SNAPSHOT);
    }

    /** Whether the client has received this version of the job already. */
    static boolean isKnown(JobSnapshot snapshot, ContainerRequestContext request) {
        return Long.toString(snapshot.job().version())
                .equals(request.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER));
    }

    @PreloadsJob
    @ServerRequestFilter
    Uni<Response> load(ContainerRequestContext request) {
        return jobWatch.read(request.getUriInfo().getPathParameters().getFirst(JobResource.JOB_ID)).map(snapshot -> {
            request.setProperty(SNAPSHOT, snapshot);
            // Only a 204 stops an EventSource from reconnecting.
            return snapshot.isLast() && isKnown(snapshot, request) ? Response.noContent().build() : null;
        });
    }
}
