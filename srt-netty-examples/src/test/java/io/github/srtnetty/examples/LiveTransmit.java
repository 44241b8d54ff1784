// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** srt-live-transmit, so that it loses nothing though the machine stands still for a while. */
final class LiveTransmit {
    private static final Duration WAIT = Duration.ofSeconds(20);
    /** A socket that reads UDP holds 92 datagrams where the kernel gives it no more than its default. */
    static final int AHEAD = 60;

    private LiveTransmit() {}

    /** Starts it. Its output is not buffered: what has come is in the file, and not lost with the connection. */
    static Peer start(String from, String to) throws IOException {
        return Peer.start("stdbuf", "-o0", "srt-live-transmit", "-a:no", "-chunk:1316", from, to);
    }

    /** Waits until it has noticed that its target is connected: what it reads before, it throws away. */
    static void awaitTarget(Peer peer) {
        Await.until("the target of srt-live-transmit", WAIT, () -> {
            String errors = errors(peer);
            return errors.contains("SRT target connected") || errors.contains("Accepted SRT target connection");
        });
    }

    /** Waits until it has written so many bytes. */
    static void awaitOutput(Peer peer, long bytes) {
        Await.until(
                "the output of srt-live-transmit",
                WAIT,
                () -> peer.outputFile().toFile().length() >= bytes);
    }

    /** Sends at twice the rate of the stream, and not far ahead of how many have arrived at the other end. */
    static void sendByUdp(int port, List<byte[]> payloads, IntSupplier arrived) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < payloads.size(); i++) {
                int sent = i;
                Await.until("what was sent", WAIT, () -> sent - arrived.getAsInt() < AHEAD);
                byte[] payload = payloads.get(i);
                socket.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port));
                LockSupport.parkNanos(1_300_000);
            }
        }
    }

    /** As {@link #sendByUdp(int, List, IntSupplier)}, where the other ends are two files. */
    static void sendByUdp(int port, List<byte[]> payloads, Path copy, Path other) throws IOException {
        sendByUdp(
                port,
                payloads,
                () -> (int) Math.min(copy.toFile().length(), other.toFile().length()) / TimedPayloads.TS_PAYLOAD_BYTES);
    }

    private static String errors(Peer peer) {
        try {
            return peer.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
