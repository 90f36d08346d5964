package com.kt.event.content.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Commands for {@link RedisPipeline}, in the order in which Redis executes them. Each command is for one key. */
public final class RedisBatch {
    private final List<Step> steps = new ArrayList<>();

    /**
     * A command, by its digest if it is a script.
     *
     * @param script null unless it is a script
     * @param byText the script with its text
     */
    record Step(Request request, RedisScript script, Supplier<Request> byText) {
        boolean isScript() {
            return script != null;
        }
    }

    /** Adds a command. A command without a key, and one that blocks or subscribes, has no place in a batch. */
    public RedisBatch add(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        steps.add(new Step(request, null, null));
        return this;
    }

    /** Adds a script with {@code key} as KEYS[1] and {@code args} as ARGV. */
    public RedisBatch add(RedisScript script, String key, String... args) {
        steps.add(new Step(RedisScripts.request(Command.EVALSHA, script.digest(), key, args), script,
                () -> RedisScripts.request(Command.EVAL, script.text(), key, args)));
        return this;
    }

    List<Step> steps() {
        return steps;
    }
}
