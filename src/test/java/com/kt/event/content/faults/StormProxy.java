package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between one instance and a server, and can cut what it connects, or say nothing any more. */
class StormProxy extends LoopbackProxy {
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile boolean silent;

    /** A connection, from the instance to the server. */
    record Pair(Socket client, Socket server) {
    }

    /** @param target the server's port */
    StormProxy(int target) {
        super(target);
    }

    /** Connections break, and new ones are not taken. */
    void cut() {
        cut = true;
        pairs.forEach(this::close);
    }

    /** Connections stay, new ones are taken, and nothing comes through. What is lost stays lost. */
    void fallSilent() {
        silent = true;
    }

    void heal() {
        cut = false;
        silent = false;
    }

    @Override
    void accepted(Socket client) {
        inBackground(() -> connect(client));
    }

    private void connect(Socket client) throws IOException {
        if (cut) {
            client.close();
            return;
        }
        try {
            Pair pair = new Pair(client, connectToRedis(client));
            pairs.add(pair);
            pass(pair);
        } catch (IOException e) {
            // The server is away: that is what the client is to see.
            client.close();
        }
    }

    /** Begins to pass what they say to each other. */
    void pass(Pair pair) {
        inBackground(() -> pump(pair, pair.client(), pair.server()));
        inBackground(() -> pump(pair, pair.server(), pair.client()));
    }

    private void pump(Pair pair, Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8_192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!isLost()) {
                    out.write(Arrays.copyOf(bytes, read));
                } else {
                    loseTheRest(in);
                }
            }
        } finally {
            close(pair);
        }
    }

    /** Whether what was just read does not come through. */
    final boolean isLost() {
        return silent;
    }

    /** A gap in what is said must not be noticed by its end. Answers when the other side hangs up. */
    static void loseTheRest(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    final void close(Pair pair) {
        pairs.remove(pair);
        try (pair.client; pair.server) {
            // That is all.
        } catch (IOException e) {
            // They were.
        }
    }
}
