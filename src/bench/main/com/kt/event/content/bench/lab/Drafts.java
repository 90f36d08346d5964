package com.kt.event.content.bench.lab;

import java.util.List;
import java.util.stream.IntStream;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** The drafts of one system. Each range is used once, so that no request joins the job of an earlier one. */
public class Drafts {
    /** Makes the recommendations inside Redis: a client would need seconds for them. */
    private static final String SEED = """
            for draft = ARGV[1], ARGV[2] do redis.call('SET', 'ai:event:bench-' .. draft, ARGV[3]) end""";
    private static final String RECOMMENDATION = """
            {"eventTitle":"봄맞이 딸기 라떼 1+1","eventDescription":"4월 한 달, 딸기 라떼 한 잔을 사면 한 잔을 더 드립니다",\
            "targetAudience":"20~30대 직장인","eventObjective":"신규 고객 유입","additionalData":{"place":"서울 강남구",\
            "period":"2026-04-01 ~ 2026-04-30"}}""";
    /** Numbers of equal length make requests of equal length. */
    private static final int FIRST = 1_000_000;
    /** Redis does nothing else meanwhile, and a service that waits for longer than a second takes it for dead. */
    private static final int SLICE = 5_000;

    private final RedisServer redis;
    private int next = FIRST;
    private int seeded = FIRST;

    /** @param first the number of its first draft */
    public record Range(int first, int count) {
        public List<String> names() {
            return IntStream.range(first, first + count).mapToObj(number -> "bench-" + number).toList();
        }
    }

    Drafts(RedisServer redis) {
        this.redis = redis;
    }

    /** So many drafts that have a recommendation and nothing else. */
    public Range take(int count) {
        Range range = peek(count);
        next += count;
        return range;
    }

    /** As {@link #take}, but the caller says later with {@link #used} how many of them it used. */
    public Range peek(int count) {
        while (seeded < next + count) {
            int last = Math.min(seeded + SLICE, next + count) - 1;
            redis.send(Request.cmd(Command.EVAL).arg(SEED).arg(0).arg(seeded).arg(last).arg(RECOMMENDATION));
            seeded = last + 1;
        }
        return new Range(next, count);
    }

    public void used(int count) {
        next += count;
    }

    /** Redis was emptied. */
    void forget() {
        next = seeded;
    }
}
