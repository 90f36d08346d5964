package com.kt.event.content.api;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.redis.RedisUnavailableException;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;

/**
 * A job as a stream of Server-Sent Events: its present state, then each change until it has ended. Nothing is buffered for
 * a slow client, which receives the latest state instead. A stream that ends before its job says why in an event of another
 * name: an EventSource does not pass it to onmessage, and a client that ignores names can read its data as the job again.
 */
@ApplicationScoped
class JobStream {
    private static final Logger LOG = Logger.getLogger(JobStream.class);

    /** Well below the idle timeouts of proxies. */
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(15);

    /** The delay before an EventSource reconnects. */
    private static final long RECONNECT_MILLIS = 2_000;

    /** The name of the last event of a stream that ends before its job does. */
    static final String END = "end";

    private final JobWatch jobWatch;
    private final Sse sse;
    private final ObjectWriter json;
    private final Duration ttl;
    private final ScheduledExecutorService timer;
    private final Duration commentEvery;
    /** Marks the end of the merged streams; never sent. */
    private final OutboundSseEvent end;

    @Inject
    JobStream(JobWatch jobWatch, Sse sse, ObjectMapper json, JobConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this(jobWatch, sse, json, config.job().ttl(), timer, COMMENT_EVERY);
    }

    JobStream(JobWatch jobWatch, Sse sse, ObjectMapper json, Duration ttl, ScheduledExecutorService timer,
            Duration commentEvery) {
        this.jobWatch = jobWatch;
        this.sse = sse;
        this.json = json.writerFor(JobView.class);
        this.ttl = ttl;
        this.timer = timer;
        this.commentEvery = commentEvery;
        this.end = comment("end").build();
    }

    /** @param isKnown whether the client has received this version of the job already */
    Multi<OutboundSseEvent> from(JobSnapshot first, boolean isKnown) {
        OutboundSseEvent opening = (isKnown ? comment("as you know it") : event(first))
                .reconnectDelay(RECONNECT_MILLIS).build();
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(opening),
                first.isLast() ? Multi.createFrom().empty() : rest(first))
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "event stream failed, closing it: job %s", first.job().id()));
    }

    private Multi<OutboundSseEvent> rest(JobSnapshot first) {
        return Multi.createBy().merging().withRequests(1).streams(changes(first), comments())
                .select().first(event -> event != end);
    }

    private Multi<OutboundSseEvent> changes(JobSnapshot first) {
        AtomicReference<JobSnapshot> last = new AtomicReference<>(first);
        return jobWatch.changes(first).invoke(last::set)
                .onItem().transformToMultiAndConcatenate(now -> now.isLast()
                        ? Multi.createFrom().items(event(now).build(), end)
                        : Multi.createFrom().item(event(now).build()))
                .onFailure(JobStream::endsStream).recoverWithMulti(failure -> Multi.createFrom()
                        .items(endEvent(last.get(), StreamEnd.of(failure)), end))
                .onCompletion().continueWith(() -> List.of(endEvent(last.get(), StreamEnd.STOPPING), end));
    }

    private static boolean endsStream(Throwable failure) {
        return JobWatch.isFinal(failure) || failure instanceof RedisUnavailableException;
    }

    /** Has no id, so that the Last-Event-ID of the client stays that of the last version. */
    private OutboundSseEvent endEvent(JobSnapshot last, StreamEnd why) {
        return sse.newEventBuilder().name(END).reconnectDelay(why.reconnectMillis())
                .data(write(JobView.of(last.job(), ttl, last.waiting(), why))).build();
    }

    private Multi<OutboundSseEvent> comments() {
        return Multi.createFrom().ticks().onExecutor(timer).startingAfter(commentEvery).every(commentEvery)
                .onOverflow().drop()
                .map(tick -> comment("still here").build());
    }

    private OutboundSseEvent.Builder event(JobSnapshot snapshot) {
        return sse.newEventBuilder().id(Long.toString(snapshot.job().version()))
                .data(write(JobView.of(snapshot.job(), ttl, snapshot.waiting())));
    }

    /** The framework would add a media type to each event, or a header of its own to the response. */
    private String write(JobView job) {
        try {
            return json.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutboundSseEvent.Builder comment(String text) {
        return sse.newEventBuilder().comment(text);
    }
}
