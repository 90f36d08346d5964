package com.kt.event.content.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import com.kt.event.content.redis.FaultyRedis;
import com.kt.event.content.redis.RedisScript;

import redis.clients.jedis.Jedis;

/**
 * Stands between one process and Redis, and can stop the conversation at an exact command: before Redis receives it, or
 * after Redis has executed it but before the reply arrives. So a process can be killed between any two of its steps
 * without support by the process.
 */
final class RedisProxy extends LoopbackProxy {
    private volatile Trap trap = new Trap(command -> false, false, () -> {
    });

    private record Trap(Predicate<List<String>> command, boolean letsCommandThrough, Runnable action,
            AtomicBoolean sprung) {

        Trap(Predicate<List<String>> command, boolean letsCommandThrough, Runnable action) {
            this(command, letsCommandThrough, action, new AtomicBoolean());
        }
    }

    private final RedisProcess redis;

    RedisProxy(RedisProcess redis) {
        super(redis);
        this.redis = redis;
        listen();
    }

    /**
     * The first command that matches never reaches Redis, nor does anything after it, on any connection; then the action
     * runs. A command is its words: {@code EVALSHA} (the name in capitals), the digest, the number of keys, and so on.
     */
    void swallow(Predicate<List<String>> command, Runnable action) {
        trap = new Trap(command, false, action);
    }

    /** Whether a command runs this script, by its digest or by its text. */
    static Predicate<List<String>> runs(String name) {
        RedisScript script = RedisScript.load(name);
        return command -> command.get(0).startsWith("EVAL")
                && (command.get(1).equals(script.digest()) || command.get(1).equals(script.text()));
    }

    /** Redis executes the first command that matches, but the reply is lost, as is everything after it. */
    void swallowAnswer(Predicate<List<String>> command, Runnable action) {
        // The trap is for a script that runs, not for the refusal of a digest that Redis does not know yet.
        try (Jedis jedis = redis.connect()) {
            FaultyRedis.scripts().forEach(script -> jedis.scriptLoad(script.text()));
        }
        trap = new Trap(command, true, action);
    }

    @Override
    void accepted(Socket client) {
        inBackground(() -> connect(client));
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = connectToRedis(client);
            Queue<List<String>> unanswered = new ConcurrentLinkedQueue<>();
            inBackground(() -> passCommands(client, server, unanswered));
            inBackground(() -> passAnswers(server, client, unanswered));
        } catch (IOException e) {
            // Redis is down, and the client is to notice it.
            client.close();
        }
    }

    private void passCommands(Socket client, Socket server, Queue<List<String>> unanswered) throws IOException {
        try (client; server) {
            Resp commands = new Resp(client.getInputStream());
            OutputStream out = server.getOutputStream();
            while (true) {
                byte[] bytes = commands.next();
                List<String> command = nameInCapitals(commands.words());
                Trap armed = trap;
                if (!armed.letsCommandThrough && armed.command.test(command)) {
                    spring(armed);
                }
                if (!armed.sprung.get()) {
                    unanswered.add(command);
                    out.write(bytes);
                }
            }
        }
    }

    private void passAnswers(Socket server, Socket client, Queue<List<String>> unanswered) throws IOException {
        try (client; server) {
            Resp answers = new Resp(server.getInputStream());
            OutputStream out = client.getOutputStream();
            while (true) {
                byte[] bytes = answers.next();
                // A message pushed to a subscriber replies to no command.
                Optional<List<String>> command = bytes[0] == '>'
                        ? Optional.empty()
                        : Optional.ofNullable(unanswered.poll());
                Trap armed = trap;
                if (armed.letsCommandThrough && command.filter(armed.command).isPresent()) {
                    spring(armed);
                }
                if (!armed.sprung.get()) {
                    out.write(bytes);
                }
            }
        }
    }

    static List<String> nameInCapitals(List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.set(0, words.get(0).toUpperCase(Locale.ROOT));
        return command;
    }

    private static void spring(Trap trap) {
        if (trap.sprung.compareAndSet(false, true)) {
            trap.action.run();
        }
    }

    /** Splits the conversation of Redis and its clients into whole values: commands one way, replies the other. */
    static final class Resp {
        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<String> words = new ArrayList<>();

        Resp(InputStream in) {
            this.in = new BufferedInputStream(in);
        }

        byte[] next() throws IOException {
            bytes.reset();
            words.clear();
            readValue();
            return bytes.toByteArray();
        }

        /** The bulk strings of the last value, in order. */
        List<String> words() {
            return List.copyOf(words);
        }

        private void readValue() throws IOException {
            String line = readLine();
            char type = line.charAt(0);
            if (type == '$' || type == '=' || type == '!') {
                readBulk(size(line));
            } else if (type == '*' || type == '~' || type == '>') {
                readValues(size(line));
            } else if (type == '%') {
                readValues(2 * size(line));
            } else if (type == '|') {
                readValues(2 * size(line) + 1);
            }
        }

        private void readValues(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                readValue();
            }
        }

        private void readBulk(int size) throws IOException {
            if (size >= 0) {
                byte[] bulk = in.readNBytes(size + 2);
                if (bulk.length < size + 2) {
                    throw new EOFException();
                }
                bytes.writeBytes(bulk);
                words.add(new String(bulk, 0, size, StandardCharsets.UTF_8));
            }
        }

        private String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next;
            do {
                next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                line.write(next);
            } while (next != '\n');
            bytes.writeBytes(line.toByteArray());
            return line.toString(StandardCharsets.UTF_8);
        }

        private static int size(String line) {
            return Integer.parseInt(line.substring(1).trim());
        }
    }
}
