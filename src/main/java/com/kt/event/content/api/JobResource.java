package com.kt.event.content.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

import com.kt.event.content.api.http.Prefer;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.NoSuchJobException;
import com.kt.event.content.redis.RedisTimeout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;

/** Returns the state of a job, at once or when it changes, and cancels jobs. */
@Path("/api/content")
@Tag(ref = "Jobs")
public class JobResource {
    static final String JOB_ID = "jobId";
    private static final String JOBS = "api/content/images/jobs/";

    private final JobManager jobManager;
    private final JobWatch jobWatch;
    private final JobStream jobStream;
    private final RedisTimeout redisTimeout;
    private final Duration ttl;
    private final Clock clock;

    JobResource(JobManager jobManager, JobWatch jobWatch, JobStream jobStream, RedisTimeout redisTimeout,
            JobConfig config,
            Clock clock) {
        this.jobManager = jobManager;
        this.jobWatch = jobWatch;
        this.jobStream = jobStream;
        this.redisTimeout = redisTimeout;
        this.ttl = config.job().ttl();
        this.clock = clock;
    }

    /** The address of a job, as the client reaches it. Only an id that another wrote into Redis needs to be encoded. */
    static String locationOf(String jobId, UriInfo uri) {
        return JobId.isPlain(jobId)
                ? uri.getBaseUri() + JOBS + jobId
                : uri.getBaseUriBuilder().path(JOBS).path(jobId).build().toString();
    }

    @GET
    @Path("/images/jobs/{jobId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getJob", summary = "Get the state of a job",
            description = """
                    Poll it at the interval in `Retry-After`, or with `Prefer: wait=25` and `If-None-Match`; then the response comes
                    when the job changes. A job is kept until `expiresAt`, which moves with each change.""")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "304", ref = "NotModified")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Response> getJob(@PathParam(JOB_ID) String jobId,
            @HeaderParam(Prefer.HEADER) List<String> prefer,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        Optional<Duration> wait = Prefer.waiting(prefer);
        IfNoneMatch known = IfNoneMatch.of(ifNoneMatch);
        return jobWatch.read(jobId)
                .chain(seen -> isWorthWaiting(seen, known)
                        ? jobWatch.await(seen, wait.orElse(Duration.ZERO))
                        : Uni.createFrom().item(seen))
                .map(seen -> respond(seen, known, wait));
    }

    @GET
    @Path("/jobs/{jobId}/status")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getJobStatus", summary = "Get the state of a job (older address)",
            description = "The same as `getJob`, which new clients use.")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "304", ref = "NotModified")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Response> getJobStatus(@PathParam(JOB_ID) String jobId,
            @HeaderParam(Prefer.HEADER) List<String> prefer,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return getJob(jobId, prefer, ifNoneMatch);
    }

    @GET
    @Path("/images/jobs/{jobId}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @PreloadsJob
    @Operation(operationId = "followJob", summary = "Follow a job by Server-Sent Events",
            description = """
                    An `EventSource` receives the events by `onmessage`: they have no name, their data is the job as JSON (the schema
                    Job), and their id is the job's version. The first event is the job as it is now, unless `Last-Event-ID` is that
                    version. One follows for each change. The last is the job that has ended; then the stream ends. A comment is
                    sent every 15 seconds.

                        retry: 2000
                        id: 4
                        data: {"jobId":"994796be-2775-4c8f-90b4-5527bd804d98","status":"PROCESSING",…}

                        id: 5
                        data: {"jobId":"994796be-2775-4c8f-90b4-5527bd804d98","status":"COMPLETED",…}

                    A stream can end before its job does: when an instance of the service is stopped, when the job store has not
                    answered for a minute, or when the job has expired. Its last event then has the name `end`, which `onmessage`
                    does not receive, and no id. Its data is the job as it was seen last, with the reason in `streamEnd`:

                        event: end
                        retry: 2000
                        data: {"jobId":"994796be-2775-4c8f-90b4-5527bd804d98","status":"PROCESSING",…,"streamEnd":"STOPPING"}

                    An `EventSource` reconnects when the stream has ended, after the milliseconds in `retry`; a client that has
                    received the job's end is answered 204, which makes it stop. On 404 (no such job, or it has expired) and 503 it
                    does not reconnect: `onerror` is called with `readyState` CLOSED, and `getJob` says why.""")
    @Parameter(name = HttpHeaders.LAST_EVENT_ID_HEADER, in = ParameterIn.HEADER)
    @APIResponse(responseCode = "200", ref = "JobEvents")
    @APIResponse(responseCode = "204", ref = "NothingMore")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Multi<OutboundSseEvent> followJob(@PathParam(JOB_ID) String jobId, @Context ContainerRequestContext request,
            @Context HttpServerResponse response) {
        // Over HTTP/2 the framework would send the events of a HEAD, and over HTTP/1.1 it would wait for them.
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return Multi.createFrom().empty();
        }
        JobSnapshot first = JobPreloadFilter.of(request);
        return jobStream.from(first, JobPreloadFilter.isKnown(first, request))
                // The framework does not notice a client that hangs up before the stream has begun.
                .select().first(event -> !response.closed());
    }

    @DELETE
    @Path("/images/jobs/{jobId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "cancelJob", summary = "Cancel the job",
            description = """
                    The service sends no further calls to the image API. Finished images are kept. An image whose call is under way is
                    charged anyway: it is added to the draft's gallery if that has none of the style. A new job for the draft can be
                    started at once. Cancelling a cancelled job again has the same response.""")
    @APIResponse(responseCode = "200", ref = "CancelledJob")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<JobView> cancelJob(@PathParam(JOB_ID) String jobId) {
        return redisTimeout.request(jobManager.cancel(jobId))
                .map(found -> JobView.of(found.orElseThrow(NoSuchJobException::new), ttl, JobWait.NONE));
    }

    /** False if the job has ended, if any state is a 304, or if the client does not have the present state. */
    private static boolean isWorthWaiting(JobSnapshot seen, IfNoneMatch known) {
        return !seen.isLast() && !known.any() && (!known.isGiven() || known.matches(seen.tag()));
    }

    private Response respond(JobSnapshot seen, IfNoneMatch known, Optional<Duration> waited) {
        Response.ResponseBuilder response = known.matches(seen.tag())
                ? Response.notModified()
                : Response.ok(JobView.of(seen.job(), ttl, seen.waiting()));
        response.header(HttpHeaders.ETAG, seen.tag().toHeader());
        if (!seen.isLast()) {
            response.header(HttpHeaders.RETRY_AFTER, RetryAfter.of(seen.job(), clock.instant(), seen.pause()));
        }
        waited.ifPresent(wait -> response.header(Prefer.APPLIED, Prefer.applied(wait)));
        return response.build();
    }
}
