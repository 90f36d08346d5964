package com.kt.event.content.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import com.kt.event.content.bench.BenchException;

/** Finds ports that nothing listens at. */
public final class Ports {
    private Ports() {
    }

    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("no free port on this machine", e);
        }
    }
}
