// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends many handshakes to a listener from several addresses, without waiting for each: after a batch, an induction
 * shows by its answer that the listener has read all before. Connections that it gets are shut down at once.
 */
public final class RawFlood implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int BATCH = 64;
    /** The memory of the listener grows with the rate, because libsrt frees a failed connection after seconds. */
    private static final int HANDSHAKES_A_SECOND = 2500;

    private final InetSocketAddress target;
    private final List<RawPeer> peers = new ArrayList<>();
    private long connected;
    private long rejected;

    /** Opens a flood from so many addresses 127.0.1.x. */
    public RawFlood(InetSocketAddress target, int addresses) throws IOException {
        this.target = target;
        for (int i = 0; i < addresses; i++) {
            peers.add(open(i));
        }
    }

    /** Sends so many handshakes that a function makes of the cookie, 2500 a second at most. */
    public void send(int count, IntFunction<byte[]> handshakes, Runnable afterBatch) throws IOException {
        long start = System.nanoTime();
        for (int sent = 0, batch = 0; sent < count; batch++) {
            RawPeer peer = peers.get(batch % peers.size());
            int cookie = synchronize(peer);
            int size = Math.min(BATCH, count - sent);
            for (int i = 0; i < size; i++) {
                peer.sendRaw(handshakes.apply(cookie));
            }
            synchronize(peer);
            sent += size;
            afterBatch.run();
            LockSupport.parkNanos(start + SECONDS.toNanos(1) * sent / HANDSHAKES_A_SECOND - System.nanoTime());
        }
    }

    /** Returns how many handshakes were answered with a connection. */
    public long connected() {
        return connected;
    }

    /** Returns how many handshakes were answered with a rejection. */
    public long rejected() {
        return rejected;
    }

    @Override
    public void close() {
        peers.forEach(RawPeer::close);
    }

    /** Returns the cookie of an induction that is answered after all that this peer has sent. */
    private int synchronize(RawPeer peer) throws IOException {
        int mark = peer.nextMark();
        peer.sendRaw(peer.encode(RawHandshake.induction().socketId(mark)));
        long end = System.nanoTime() + WAIT.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<RawPacket> packet = peer.next(Duration.ofMillis(500));
            if (packet.isEmpty()) {
                peer.sendRaw(peer.encode(RawHandshake.induction().socketId(mark))); // a full buffer may have dropped it
            } else if (isHandshake(packet.get())) {
                RawHandshake answer = RawHandshake.decode(packet.get().datagram());
                if (answer.destination() == mark && answer.type() == RawHandshake.INDUCTION) {
                    return answer.cookie();
                }
                count(peer, answer);
            }
        }
        throw new AssertionError(target + " answers no induction any more");
    }

    private void count(RawPeer peer, RawHandshake answer) throws IOException {
        if (answer.type() == RawHandshake.CONCLUSION) {
            connected++;
            peer.send(RawPacket.control(RawPacket.SHUTDOWN, 0, 0, 0, answer.socketId(), new byte[4]));
        } else if (answer.type() >= RawHandshake.FIRST_REJECTION) {
            rejected++;
        }
    }

    private static boolean isHandshake(RawPacket packet) {
        return packet.isControl(RawPacket.HANDSHAKE) && packet.datagram().length >= RawHandshake.BYTES;
    }

    private RawPeer open(int index) throws IOException {
        byte[] local = {127, 0, 1, (byte) (1 + index)};
        return RawPeer.from(InetAddress.getByAddress(local), target);
    }
}
