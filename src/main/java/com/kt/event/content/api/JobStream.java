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
 * A job as a stream of events: how it is, then each change, up to the last. Nothing is kept for a client that reads
 * slowly: it gets the job as it is by then. A stream that ends before its job says why: an event of another name, which
 * does not disturb an EventSource's onmessage, with data that a client which knows no names can take for the job again.
 */
@ApplicationScoped
class JobStream {
    private static final Logger LOG = Logger.getLogger(JobStream.class);

    /** Shorter than what proxies take for the silence of a dead server. */
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(15);

    /** How long an EventSource waits before it connects again. */
    private static final long RECONNECT_MILLIS = 2_000;

    /** The name of the last event of a stream that ends before its job. */
    static final String END = "end";

    private final JobWatch watch;
    private final Sse sse;
    private final ObjectWriter json;
    private final Duration ttl;
    private final ScheduledExecutorService timer;
    private final Duration commentEvery;
    /** Not sent. */
    private final OutboundSseEvent end;

    @Inject
    JobStream(JobWatch watch, Sse sse, ObjectMapper json, JobConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this(watch, sse, json, config.job().ttl(), timer, COMMENT_EVERY);
    }

    JobStream(JobWatch watch, Sse sse, ObjectMapper json, Duration ttl, ScheduledExecutorService timer,
            Duration commentEvery) {
        this.watch = watch;
        this.sse = sse;
        this.json = json.writerFor(JobView.class);
        this.ttl = ttl;
        this.timer = timer;
        this.commentEvery = commentEvery;
        this.end = comment("end").build();
    }

    /** @param isKnown whether the client has seen the job like this */
    Multi<OutboundSseEvent> from(JobSnapshot first, boolean isKnown) {
        OutboundSseEvent opening = (isKnown ? comment("as you know it") : event(first))
                .reconnectDelay(RECONNECT_MILLIS).build();
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(opening),
                first.isLast() ? Multi.createFrom().empty() : rest(first))
                .onFailure().invoke(failure -> LOG.errorf(failure, "job %s: its stream broke", first.job().id()));
    }

    private Multi<OutboundSseEvent> rest(JobSnapshot first) {
        return Multi.createBy().merging().withRequests(1).streams(changes(first), comments())
                .select().first(event -> event != end);
    }

    private Multi<OutboundSseEvent> changes(JobSnapshot first) {
        AtomicReference<JobSnapshot> last = new AtomicReference<>(first);
        return watch.changes(first).invoke(last::set)
                .onItem().transformToMultiAndConcatenate(now -> now.isLast()
                        ? Multi.createFrom().items(event(now).build(), end)
                        : Multi.createFrom().item(event(now).build()))
                .onFailure(JobStream::endsTheStream).recoverWithMulti(failure -> Multi.createFrom()
                        .items(farewell(last.get(), StreamEnd.of(failure)), end))
                .onCompletion().continueWith(() -> List.of(farewell(last.get(), StreamEnd.STOPPING), end));
    }

    private static boolean endsTheStream(Throwable failure) {
        return JobWatch.isFinal(failure) || failure instanceof RedisUnavailableException;
    }

    /** Without an id: the client knows no other version of the job by it. */
    private OutboundSseEvent farewell(JobSnapshot last, StreamEnd why) {
        return sse.newEventBuilder().name(END).reconnectDelay(why.reconnectMillis())
                .data(write(JobView.of(last.job(), ttl, last.pause(), why))).build();
    }

    private Multi<OutboundSseEvent> comments() {
        return Multi.createFrom().ticks().onExecutor(timer).startingAfter(commentEvery).every(commentEvery)
                .onOverflow().drop()
                .map(tick -> comment("still here").build());
    }

    private OutboundSseEvent.Builder event(JobSnapshot job) {
        return sse.newEventBuilder().id(Long.toString(job.job().version()))
                .data(write(JobView.of(job.job(), ttl, job.pause())));
    }

    /** Written by the framework, it would come with a media type in each event or in a header that nobody knows. */
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
