package com.kt.event.content.api;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.kt.event.content.generator.CallGate;
import com.kt.event.content.generator.Pause;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;

import io.smallrye.mutiny.Uni;

/** Shows how far a job is. */
@Path("/api/content")
@Tag(ref = "Jobs")
public class JobResource {
    private final JobManager jobManager;
    private final CallGate gate;
    private final Patience patience;
    private final Duration ttl;
    private final Clock clock;

    JobResource(JobManager jobManager, CallGate gate, Patience patience, JobConfig config, Clock clock) {
        this.jobManager = jobManager;
        this.gate = gate;
        this.patience = patience;
        this.ttl = config.job().ttl();
        this.clock = clock;
    }

    static URI locationOf(String jobId, UriInfo uri) {
        return uri.getBaseUriBuilder().path(JobResource.class).path("images/jobs").path(jobId).build();
    }

    @GET
    @Path("/images/jobs/{jobId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getJob", summary = "How far the job is")
    @APIResponse(responseCode = "200", description = "The job; Retry-After only while it runs",
            headers = {@Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
                    @Header(name = "Retry-After", ref = "RetryAfter")},
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "304", description = "It has not changed since the ETag in If-None-Match")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "500", ref = "Unexpected")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Response> getJob(@PathParam("jobId") String jobId, Request request) {
        return patience.limit(jobManager.find(jobId)
                .map(found -> found.orElseThrow(NoSuchJobException::new))
                .chain(job -> pauseOf(job).map(pause -> answer(job, pause, request))));
    }

    @GET
    @Path("/jobs/{jobId}/status")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getJobStatus", summary = "The same as getJob, under its older address")
    @APIResponse(responseCode = "200", description = "The job; Retry-After only while it runs",
            headers = {@Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
                    @Header(name = "Retry-After", ref = "RetryAfter")},
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "304", description = "It has not changed since the ETag in If-None-Match")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "500", ref = "Unexpected")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Response> getJobStatus(@PathParam("jobId") String jobId, Request request) {
        return getJob(jobId, request);
    }

    @DELETE
    @Path("/images/jobs/{jobId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "cancelJob", summary = "Cancel the job: pictures that exist stay, no other is asked for")
    @APIResponse(responseCode = "200", description = "The job as it is now",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "500", ref = "Unexpected")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<JobView> cancelJob(@PathParam("jobId") String jobId) {
        return patience.limit(jobManager.cancel(jobId))
                .map(found -> JobView.of(found.orElseThrow(NoSuchJobException::new), ttl, Duration.ZERO));
    }

    /** How long the job waits for the provider: only one that has no call out does. */
    private Uni<Duration> pauseOf(Job job) {
        return job.waits() ? gate.pause().map(Pause::left) : Uni.createFrom().item(Duration.ZERO);
    }

    private Response answer(Job job, Duration pause, Request request) {
        EntityTag tag = new EntityTag(pause.isZero() ? "" + job.version() : job.version() + "-" + pause.toSeconds());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = unchanged != null
                ? unchanged
                : Response.ok(JobView.of(job, ttl, pause)).tag(tag);
        if (!job.ended()) {
            answer.header(HttpHeaders.RETRY_AFTER, RetryAfter.of(job, clock.instant(), pause));
        }
        return answer.build();
    }
}
