package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;

/** The effect of each script with valid arguments, in at least one case. */
final class LuaScriptCases {
    private static final String JOB = "job:1";
    private static final String QUEUE = "content:jobs";
    private static final String LIVE_JOBS = "content:draft:1:job";
    private static final String RECOMMENDATION = "ai:event:1";
    private static final String BREAKER = "content:breaker";
    private static final String IDEMPOTENCY = "content:idempotency:1";
    private static final String ENTRY_ID = "\\d+-\\d+";

    private static final Consumer<Jedis> NOTHING = redis -> {
    };

    /**
     * @param given runs before the script
     * @param answer what redis-cli prints, as a regular expression
     * @param then runs after the script
     */
    record Case(String script, Consumer<Jedis> given, String key, List<String> arguments, String answer,
            Consumer<Jedis> then) {
        Case(String script, String key, String... arguments) {
            this(script, NOTHING, key, List.of(arguments), "", NOTHING);
        }

        Case given(Consumer<Jedis> step) {
            return new Case(script, step, key, arguments, answer, then);
        }

        Case answers(String expected) {
            return new Case(script, given, key, arguments, expected, then);
        }

        Case then(Consumer<Jedis> step) {
            return new Case(script, given, key, arguments, answer, step);
        }

        @Override
        public String toString() {
            return script + " " + key + " , " + String.join(" ", arguments);
        }
    }

    private LuaScriptCases() {
    }

    static Stream<Case> all() {
        return Stream
                .of(job(), claim(), queue(), draft(), GalleryScriptCases.all(), recommendation(), breaker(),
                        idempotency(), RateLimitScriptCases.all())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> job() {
        return Stream.of(
                new Case("job/insert", JOB, "60000", "status", "PENDING", "version", "1").answers("1")
                        .then(redis -> assertThat(redis.hget(JOB, "status")).isEqualTo("PENDING")),
                new Case("job/insert", JOB, "60000", "status", "PENDING")
                        .given(leased("other")).answers("0")
                        .then(redis -> assertThat(redis.hget(JOB, "status")).isEqualTo("PROCESSING")),
                new Case("job/remove-unaccepted", JOB, "10000").given(unaccepted()).answers("1")
                        .then(redis -> assertThat(redis.exists(JOB)).isFalse()),
                new Case("job/remove-unaccepted", JOB, "10000").given(leased("worker")).answers("0"),
                new Case("job/renew", JOB, "worker", "30000").given(leased("worker")).answers("1"),
                new Case("job/renew", JOB, "worker", "30000").given(leased("other")).answers("0"),
                new Case("job/release", JOB, "worker").given(leased("worker")).answers("2")
                        .then(redis -> assertThat(redis.hget(JOB, "owner")).isNull()),
                new Case("job/release", JOB, "worker").given(leased("other")).answers("0"),
                new Case("job/update", JOB, "worker", "1", "60000", "1", "status", "COMPLETED")
                        .given(leased("worker")).answers("1")
                        .then(redis -> assertThat(redis.hgetAll(JOB)).containsEntry("status", "COMPLETED")
                                .doesNotContainKey("owner")),
                new Case("job/update", JOB, "worker", "1", "60000", "0", "status", "FAILED")
                        .given(leased("other")).answers("0"),
                new Case("job/update", JOB, "", "7", "60000", "0", "status", "FAILED")
                        .given(leased("other")).answers("(?s).*version\\n1.*"));
    }

    private static Stream<Case> claim() {
        return Stream.of(
                new Case("job/claim", JOB, "worker", "30000").answers("0"),
                new Case("job/claim", JOB, "worker", "30000").given(leased("other")).answers("1"),
                new Case("job/claim", JOB, "worker", "30000").given(unaccepted()).answers("(?s).*owner\\nworker\\n.*")
                        .then(redis -> assertThat(redis.hget(JOB, "owner")).isEqualTo("worker")),
                new Case("job/claim", JOB, "worker", "30000").given(lapsed()).answers("(?s).*stalled\\n3.*")
                        .then(redis -> assertThat(redis.hgetAll(JOB)).containsEntry("owner", "worker")
                                .containsEntry("stalled", "3")),
                new Case("job/claim", JOB, "worker", "30000").given(ended()).answers("status\\nFAILED"));
    }

    private static Consumer<Jedis> unaccepted() {
        return redis -> {
            redis.hset(JOB, Map.of("status", "PENDING", "version", "1"));
            redis.pexpire(JOB, 5_000L);
        };
    }

    private static Consumer<Jedis> leased(String owner) {
        return redis -> redis.hset(JOB, Map.of("status", "PROCESSING", "version", "1", "owner", owner, "leaseUntil",
                "9999999999999"));
    }

    private static Consumer<Jedis> lapsed() {
        return redis -> redis.hset(JOB, Map.of("status", "PROCESSING", "version", "1", "owner", "other", "leaseUntil",
                "1", "callsOut", "1", "stalled", "2"));
    }

    private static Consumer<Jedis> ended() {
        return redis -> redis.hset(JOB, "status", "FAILED");
    }

    private static Stream<Case> queue() {
        return Stream.of(
                new Case("queue/append", QUEUE, "1", "job-2", "1000").answers(ENTRY_ID),
                new Case("queue/append", QUEUE, "1", "job-2", "1000").given(queued()).answers("")
                        .then(redis -> assertThat(redis.xlen(QUEUE)).isEqualTo(1)),
                new Case("queue/append-once", QUEUE, "9", "job-2", "1000", "workers").given(queued())
                        .answers(ENTRY_ID).then(redis -> assertThat(redis.xlen(QUEUE)).isEqualTo(2)),
                new Case("queue/append-once", QUEUE, "9", "job-1", "1000", "workers").given(queued())
                        .answers("1-0").then(redis -> assertThat(redis.xlen(QUEUE)).isEqualTo(1)),
                new Case("queue/append-once", QUEUE, "9", "job-1", "1000", "workers").given(pending())
                        .answers(ENTRY_ID).then(redis -> assertThat(redis.xlen(QUEUE)).isEqualTo(2)),
                new Case("queue/hand-back", QUEUE, "workers", "1-0", "job-1", "1000").given(pending())
                        .answers(ENTRY_ID).then(redis -> assertThat(redis.xlen(QUEUE)).isEqualTo(1)),
                new Case("queue/hand-back", QUEUE, "workers", "1-0", "job-1", "1000").given(queued()).answers(""),
                new Case("queue/acknowledge-deleted", QUEUE, "workers", "-", "9").given(deleted()).answers("")
                        .then(redis -> assertThat(redis.xinfoGroup(QUEUE).get(0).getPending()).isZero()),
                new Case("queue/acknowledge-deleted", QUEUE, "workers", "-", "1").given(deleted())
                        .answers("\\(1-0"));
    }

    private static Consumer<Jedis> queued() {
        return redis -> {
            redis.xadd(QUEUE, Map.of("job", "job-1", "createdAt", "1000"), XAddParams.xAddParams().id("1-0"));
            redis.xgroupCreate(QUEUE, "workers", new StreamEntryID(0, 0), true);
        };
    }

    private static Consumer<Jedis> pending() {
        return queued().andThen(redis -> redis.xreadGroup("workers", "worker", new XReadGroupParams(),
                Map.of(QUEUE, StreamEntryID.UNRECEIVED_ENTRY)));
    }

    private static Consumer<Jedis> deleted() {
        return pending().andThen(redis -> redis.xdel(QUEUE, new StreamEntryID(1, 0)));
    }

    private static Stream<Case> draft() {
        return Stream.of(
                new Case("draft/replace", LIVE_JOBS, "", "[1]", "60000").answers("")
                        .then(redis -> assertThat(redis.get(LIVE_JOBS)).isEqualTo("[1]")),
                new Case("draft/replace", LIVE_JOBS, "", "[1]", "60000").given(redis -> redis.set(LIVE_JOBS, "[2]"))
                        .answers("\\[2]"),
                new Case("draft/replace", LIVE_JOBS, "", "[1]", "60000").given(redis -> redis.rpush(LIVE_JOBS, "x"))
                        .answers("1"));
    }

    private static Stream<Case> recommendation() {
        Consumer<Jedis> selected = redis -> redis.hset(RECOMMENDATION, "eventTitle", "Spring");
        return Stream.of(
                new Case("recommendation/read", RECOMMENDATION, "9", "99").given(selected)
                        .answers("eventTitle\nSpring"),
                new Case("recommendation/read", RECOMMENDATION, "9", "5").given(selected).answers(""));
    }

    private static Stream<Case> breaker() {
        return Stream.of(
                new Case("breaker/state", BREAKER, "600000").answers("0\nCLOSED\n0"),
                new Case("breaker/state", BREAKER, "600000").given(open("")).answers("0\nOPEN\n\\d+"),
                new Case("breaker/open", BREAKER, "600000", "2000", "60000", "0", "503", "10000", "", "", "60000")
                        .answers("0\nOPENED\n2000\n0"),
                new Case("breaker/open", BREAKER, "600000", "2000", "60000", "0", "503", "10000", "", "", "60000")
                        .given(open("")).answers("0\nALREADY_OPEN\n\\d+\n0"),
                new Case("breaker/probe", BREAKER, "600000", "call", "1000").answers("0\nCLOSED"),
                new Case("breaker/probe", BREAKER, "600000", "call", "1000").given(open("")).answers("0\nREFUSED"),
                new Case("breaker/release", BREAKER, "600000", "call").given(open(probedBy("call"))).answers("0\n1"),
                new Case("breaker/release", BREAKER, "600000", "call").given(open(probedBy("other"))).answers("0\n0"),
                new Case("breaker/close", BREAKER, "600000", "call").given(open(probedBy("call"))).answers("0\n1")
                        .then(redis -> assertThat(redis.exists(BREAKER)).isFalse()));
    }

    private static String probedBy(String call) {
        return ",\"probe\":\"%s\",\"probeUntil\":1".formatted(call);
    }

    private static Consumer<Jedis> open(String members) {
        return redis -> redis.set(BREAKER, "{\"until\":%d,\"length\":2000%s}"
                .formatted(System.currentTimeMillis() + 60_000, members), SetParams.setParams().px(120_000));
    }

    private static Stream<Case> idempotency() {
        Consumer<Jedis> held = redis -> redis.set(IDEMPOTENCY,
                "{\"request\":\"generate\",\"jobId\":\"job-1\",\"holder\":\"attempt\"}");
        return Stream.of(
                new Case("idempotency/take", IDEMPOTENCY, "generate", "job-1", "attempt", "10000", "60000")
                        .answers("TAKEN\njob-1\n0"),
                new Case("idempotency/take", IDEMPOTENCY, "other", "job-1", "attempt", "10000", "60000")
                        .given(held).answers("OTHER_REQUEST"),
                new Case("idempotency/take", IDEMPOTENCY, "generate", "job-2", "attempt", "10000", "60000")
                        .given(held).answers("TAKEN_OVER\njob-1\n\\d+"),
                new Case("idempotency/release", IDEMPOTENCY, "attempt", "1").given(held).answers("1")
                        .then(redis -> assertThat(redis.exists(IDEMPOTENCY)).isFalse()),
                new Case("idempotency/release", IDEMPOTENCY, "other", "1").given(held).answers("0"));
    }
}
