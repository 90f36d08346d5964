package com.kt.event.content.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.smallrye.mutiny.Uni;

/**
 * Looks at the job before its stream begins: by the time that the framework asks for the first event it has answered 200,
 * and could not say any more that there is no such job.
 */
class JobPreloadFilter {
    private static final String SNAPSHOT = JobPreloadFilter.class.getName();

    private final JobWatch watch;

    JobPreloadFilter(JobWatch watch) {
        this.watch = watch;
    }

    /** What it saw, for the method that answers with the stream. */
    static JobSnapshot of(ContainerRequestContext request) {
        return (JobSnapshot) request.getProperty(SNAPSHOT);
    }

    /** Whether the client has been sent this version of the job before. */
    static boolean isKnown(JobSnapshot snapshot, ContainerRequestContext request) {
        return Long.toString(snapshot.job().version())
                .equals(request.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER));
    }

    @PreloadsJob
    @ServerRequestFilter
    Uni<Response> look(ContainerRequestContext request) {
        return watch.look(request.getUriInfo().getPathParameters().getFirst(JobResource.JOB_ID)).map(snapshot -> {
            request.setProperty(SNAPSHOT, snapshot);
            // Only this keeps an EventSource from asking again and again.
            return snapshot.isLast() && isKnown(snapshot, request) ? Response.noContent().build() : null;
        });
    }
}
