package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy between one instance and a server that can cut its connections or fall silent. */
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

    /** Cuts the connections and refuses new ones. */
    void cut() {
        cut = true;
        pairs.forEach(this::close);
    }

    /** Keeps the connections and accepts new ones, but drops everything that is sent. */
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
            // The server is down, and the client is to notice it.
            client.close();
        }
    }

    /** Starts to forward in both directions. */
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

    /** Whether the bytes just read are dropped. */
    final boolean isLost() {
        return silent;
    }

    /** The peer must not notice the silence by a close. Returns when the other side closes. */
    static void loseTheRest(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    final void close(Pair pair) {
        pairs.remove(pair);
        try (pair.client; pair.server) {
            // End of the stream.
        } catch (IOException e) {
            // They are closed.
        }
    }
}
