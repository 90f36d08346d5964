package com.kt.event.content.bench.floor;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** The service's Redis commands, without scripts, in as few writes as their order allows. */
class FloorCommands {
    private static final String HOUR = "3600000";
    private static final String DEADLINE = "3000000";
    private static final String UNACCEPTED = "10000";
    private static final String PENDING = "{\"status\":\"PENDING\"}";

    private final RedisConnection redis;

    FloorCommands(RedisConnection redis) {
        this.redis = redis;
    }

    /** Accepts a job, or joins the draft's live one; null if the draft has no recommendation. */
    Future<Buffer> generate(String draft) {
        return redis.batch(List.of(
                Request.cmd(Command.GET).arg("ai:event:" + draft),
                Request.cmd(Command.HGETALL).arg("content:image:" + draft)))
                .compose(found -> found.get(0) == null
                        ? Future.succeededFuture()
                        : accept(draft, found.get(0).toString()));
    }

    private Future<Buffer> accept(String draft, String recommendation) {
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        return redis.batch(List.of(
                record(id, draft, recommendation, now.toString()),
                Request.cmd(Command.PEXPIRE).arg("job:" + id).arg(UNACCEPTED),
                Request.cmd(Command.SET).arg(live(draft)).arg(id).arg("NX").arg("PX").arg(DEADLINE)))
                .compose(written -> written.get(2) == null ? join(draft, id) : enqueue(id, now));
    }

    private static Request record(String id, String draft, String recommendation, String now) {
        return Request.cmd(Command.HSET).arg("job:" + id)
                .arg("eventDraftId").arg(draft).arg("type").arg("IMAGE_GEN").arg("createdAt").arg(now)
                .arg("updatedAt").arg(now).arg("status").arg("PENDING").arg("version").arg("1")
                .arg("callsOut").arg("0").arg("simple").arg(PENDING).arg("fancy").arg(PENDING)
                .arg("trendy").arg(PENDING).arg("recommendation").arg(recommendation);
    }

    private Future<Buffer> join(String draft, String refused) {
        return redis.batch(List.of(
                Request.cmd(Command.GET).arg(live(draft)),
                Request.cmd(Command.DEL).arg("job:" + refused)))
                .map(found -> accepted(found.get(0).toString()));
    }

    private Future<Buffer> enqueue(String id, Instant now) {
        return redis.batch(List.of(
                Request.cmd(Command.XADD).arg("content:jobs").arg("*").arg("job").arg(id)
                        .arg("createdAt").arg(Long.toString(now.toEpochMilli())),
                Request.cmd(Command.PEXPIRE).arg("job:" + id).arg(HOUR)))
                .map(written -> accepted(id));
    }

    private static Buffer accepted(String id) {
        return Buffer.buffer("{\"jobId\":\"" + id + "\",\"status\":\"PENDING\",\"message\":\"이미지 생성 중입니다\"}");
    }

    private static String live(String draft) {
        return "content:draft:" + draft + ":job";
    }

    /** Null if there is no such job. */
    Future<Buffer> job(String id) {
        return hash("job:" + id);
    }

    /** Null if the draft has no pictures. */
    Future<Buffer> images(String draft) {
        return hash("content:image:" + draft);
    }

    /** The fields of the hash as JSON, JSON values as they are. */
    private Future<Buffer> hash(String key) {
        return redis.send(Request.cmd(Command.HGETALL).arg(key)).map(found -> {
            if (found == null || found.size() == 0) {
                return null;
            }
            StringBuilder json = new StringBuilder("{");
            for (String field : found.getKeys()) {
                json.append(json.length() == 1 ? "\"" : ",\"").append(field).append("\":");
                append(json, found.get(field));
            }
            return Buffer.buffer(json.append('}').toString());
        });
    }

    private static void append(StringBuilder json, Response value) {
        String text = value.toString();
        if (text.startsWith("{")) {
            json.append(text);
        } else {
            json.append('"').append(text).append('"');
        }
    }
}
