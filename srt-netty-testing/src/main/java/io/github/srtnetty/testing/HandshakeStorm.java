// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends hostile handshakes at a rate, from many addresses of the loopback network, on a thread of its own, and waits
 * for no answer. Each is an induction and a conclusion with the right cookie: most with one of the stream ids, others
 * with a wrong cookie or damaged bytes. Linux only, where all of 127.0.0.0/8 is this machine.
 */
public final class HandshakeStorm implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int DATAGRAM_BYTES = 2048;
    private static final int COOKIE_WAIT_SECONDS = 20;

    /** One address. */
    private record Caller(DatagramChannel channel, InetAddress address, int cookie) {}

    private final Random random;
    private final RawMutator mutator;
    private final List<String> streamIds;
    private final List<Caller> callers = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocate(DATAGRAM_BYTES);
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long sent;
    private volatile long rejected;
    private volatile long connected;
    private volatile long nanos;

    /**
     * Gets a cookie for each address and starts to send.
     *
     * @param addresses how many addresses 127.x.y.z, of the seed
     * @param perSecond handshakes of all addresses together
     */
    public HandshakeStorm(InetSocketAddress target, long seed, int addresses, int perSecond, List<String> streamIds)
            throws IOException {
        random = new Random(seed);
        mutator = new RawMutator(seed, streamIds, List.of());
        this.streamIds = streamIds;
        for (int i = 0; i < addresses; i++) {
            callers.add(open(target));
        }
        thread = new Thread(() -> run(perSecond), "storm");
        thread.start();
    }

    /** Returns the addresses. */
    public List<InetAddress> addresses() {
        return callers.stream().map(Caller::address).toList();
    }

    /** Returns how many handshakes were sent. */
    public long sent() {
        return sent;
    }

    /** Returns how many handshakes were answered with a rejection. */
    public long rejected() {
        return rejected;
    }

    /** Returns how many handshakes were answered with a connection. */
    public long connected() {
        return connected;
    }

    /** Stops sending; returns how many were sent per second. */
    public long stop() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sent * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
    }

    @Override
    public void close() throws IOException {
        stop();
        for (Caller caller : callers) {
            caller.channel.close();
        }
    }

    private Caller open(InetSocketAddress target) throws IOException {
        byte[] bytes = {
            127, (byte) (1 + random.nextInt(250)), (byte) random.nextInt(256), (byte) (1 + random.nextInt(250))
        };
        InetAddress address = InetAddress.getByAddress(bytes);
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(address, 0)).connect(target);
        channel.configureBlocking(false);
        int[] cookie = new int[1];
        Await.until("a cookie for " + address, Duration.ofSeconds(COOKIE_WAIT_SECONDS), () -> {
            try {
                channel.write(
                        ByteBuffer.wrap(RawHandshake.induction().orElse(1, 0, 0).encode(0)));
                answer.clear();
                if (channel.read(answer) < RawHandshake.BYTES) {
                    return false;
                }
                cookie[0] = decoded().cookie();
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return new Caller(channel, address, cookie[0]);
    }

    private void run(int perSecond) {
        long start = System.nanoTime();
        try {
            while (running) {
                long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
                while (running && sent < due) {
                    Caller caller = callers.get(random.nextInt(callers.size()));
                    write(caller, RawHandshake.induction().orElse(id(), 0, 0).encode(0));
                    write(caller, conclusion(caller.cookie));
                    sent++;
                    read(caller);
                }
                nanos = System.nanoTime() - start;
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] conclusion(int cookie) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return mutator.handshake(cookie);
        }
        String id = streamIds.get(random.nextInt(streamIds.size()));
        return RawHandshake.conclusion()
                .streamId(id)
                .orElse(id(), random.nextInt() & 0x3fffffff, kind == 1 ? random.nextInt() : cookie)
                .encode(0);
    }

    private int id() {
        return random.nextInt() & 0x3fffffff | 1;
    }

    private static void write(Caller caller, byte[] datagram) throws IOException {
        try {
            caller.channel.write(ByteBuffer.wrap(datagram)); // a full buffer drops it, as a network does
        } catch (PortUnreachableException e) {
            caller.channel.write(ByteBuffer.wrap(datagram)); // it is an earlier packet's error
        }
    }

    private void read(Caller caller) throws IOException {
        answer.clear();
        while (caller.channel.read(answer) > 0) {
            if (answer.position() >= RawHandshake.BYTES) {
                int type = decoded().type();
                rejected += type >= RawHandshake.FIRST_REJECTION ? 1 : 0;
                connected += type == RawHandshake.CONCLUSION ? 1 : 0;
            }
            answer.clear();
        }
    }

    private RawHandshake decoded() {
        return RawHandshake.decode(Arrays.copyOf(answer.array(), answer.position()));
    }
}
