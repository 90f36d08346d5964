package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.kt.event.content.faults.RedisProxy.Resp;

/** A proxy of Redis that can also delay the reply to a command that Redis has executed. */
final class StormRedisProxy extends StormProxy {
    private final StormPlan plan;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean late;

    StormRedisProxy(int target, StormPlan plan) {
        super(target);
        this.plan = plan;
    }

    /** Some replies are delayed by seconds. */
    void beLate() {
        late = true;
    }

    @Override
    void heal() {
        super.heal();
        late = false;
    }

    @Override
    void pass(Pair pair) {
        int number = connections.incrementAndGet();
        Queue<List<String>> unanswered = new ConcurrentLinkedQueue<>();
        inBackground(() -> passCommands(pair, unanswered));
        inBackground(() -> passAnswers(pair, unanswered, number));
    }

    private void passCommands(Pair pair, Queue<List<String>> unanswered) throws IOException {
        try {
            InputStream in = pair.client().getInputStream();
            Resp commands = new Resp(in);
            OutputStream out = pair.server().getOutputStream();
            while (true) {
                byte[] bytes = commands.next();
                if (isLost()) {
                    loseTheRest(in);
                    return;
                }
                unanswered.add(commands.words());
                out.write(bytes);
            }
        } finally {
            close(pair);
        }
    }

    private void passAnswers(Pair pair, Queue<List<String>> unanswered, int connection) throws IOException {
        try {
            InputStream in = pair.server().getInputStream();
            Resp answers = new Resp(in);
            OutputStream out = pair.client().getOutputStream();
            for (int command = 0;; command++) {
                byte[] bytes = answers.next();
                if (isLost()) {
                    loseTheRest(in);
                    return;
                }
                // A message pushed to a subscriber replies to no command.
                Optional<List<String>> answered = bytes[0] == '>'
                        ? Optional.empty()
                        : Optional.ofNullable(unanswered.poll());
                if (late && answered.isPresent()) {
                    StormProvider.sleep(delay(connection, command, answered.get()));
                }
                out.write(bytes);
            }
        } finally {
            close(pair);
        }
    }

    /** Replies to commands that change the queue are delayed more often, because much depends on them. */
    private Duration delay(int connection, int command, List<String> words) {
        boolean changesTheQueue = words.get(0).toUpperCase(Locale.ROOT).startsWith("EVAL")
                && words.contains("content:jobs");
        return plan.late(connection, command, changesTheQueue);
    }
}
