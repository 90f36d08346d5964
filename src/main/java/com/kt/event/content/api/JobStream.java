package com.kt.event.content.api;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.kt.event.content.job.JobConfig;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;

/**
 * A job as a stream of events: how it is, then each change, up to the last. Nothing is kept for a client that reads
 * slowly: it gets the job as it is by then.
 */
@ApplicationScoped
class JobStream {
    private static final Logger LOG = Logger.getLogger(JobStream.class);

    /** Shorter than what proxies take for the silence of a dead server. */
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(15);

    /** How long an EventSource waits before it connects again. */
    private static final long RECONNECT_MILLIS = 2_000;

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
        return watch.changes(first)
                .onItem().transformToMultiAndConcatenate(now -> now.isLast()
                        ? Multi.createFrom().items(event(now).build(), end)
                        : Multi.createFrom().item(event(now).build()))
                .onFailure(JobWatch::isFinal).recoverWithCompletion()
                .onCompletion().continueWith(end);
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
