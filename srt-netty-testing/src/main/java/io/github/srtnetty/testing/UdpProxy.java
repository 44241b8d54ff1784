// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network in front of an SRT listener: loses, delays, reorders and duplicates datagrams in both directions,
 * decided by a seed that it prints. Any number of clients. Counts SRT's data packets apart from its control packets.
 */
public final class UdpProxy implements AutoCloseable {
    /** Data packets of one direction. */
    public static final class Direction {
        private final AtomicLong seen = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();
        private final Set<Integer> numbers = ConcurrentHashMap.newKeySet();

        /** Returns how many data packets came, those that were lost then included. */
        public long seen() {
            return seen.get();
        }

        /** Returns how many different data packets came, those that were withheld not counted; for one client. */
        public long distinct() {
            return numbers.size();
        }

        /** Counts a data packet; returns whether it is one of the first so many, or comes again. */
        private boolean isAmong(int most, int number) {
            seen.incrementAndGet();
            return numbers.contains(number) || numbers.size() < most && numbers.add(number);
        }

        /** Returns how many data packets were lost. */
        public long lost() {
            return lost.get();
        }
    }

    private static final short HANDSHAKE = (short) 0x8000;
    private static final int HANDSHAKE_BYTES = 64;
    private static final int HANDSHAKE_TYPE = 36;
    private static final int DATAGRAM_BYTES = 2048;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int REORDER_MILLIS = 3;
    private static final short SHUTDOWN = (short) 0x8005;

    private final InetSocketAddress target;
    private final Random random;
    private final Selector selector;
    private final DatagramChannel front;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final Map<DatagramChannel, SocketAddress> clients = new HashMap<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(UdpProxy::daemon);
    private final Thread thread;
    private final Direction toTarget = new Direction();
    private final Direction toClient = new Direction();
    private volatile double loss;
    private double duplication;
    private double reordering;
    private volatile int delayMillis;
    private boolean losesGoodbyes;
    private int shutdownMillis;
    private int lostNumbers;
    private volatile int handshakeMillis;
    private volatile boolean silent;
    private volatile int mostData = Integer.MAX_VALUE;

    /** Stands before {@code target}; what it loses follows from the seed. */
    public UdpProxy(InetSocketAddress target, long seed) throws IOException {
        System.err.println("UdpProxy to " + target + ", seed " + seed);
        this.target = target;
        random = new Random(seed);
        selector = Selector.open();
        front = open();
        front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread = daemon(this::run);
    }

    public UdpProxy losing(double share) {
        loss = share;
        return this;
    }

    public UdpProxy duplicating(double share) {
        duplication = share;
        return this;
    }

    public UdpProxy reordering(double share) {
        reordering = share;
        return this;
    }

    /**
     * Lets so many data packets of each direction pass, also when they are sent again, and loses all that come after.
     */
    public UdpProxy withholdingDataAfter(int packets) {
        mostData = packets;
        return this;
    }

    /** Loses SRT's SHUTDOWN packets, which are sent once and not acknowledged. */
    public UdpProxy losingGoodbyes() {
        losesGoodbyes = true;
        return this;
    }

    /**
     * Delays SRT's SHUTDOWN packets. libsrt takes a connection that has ended without data away within a second, and a
     * listener that does not accept it before never sees it.
     */
    public UdpProxy delayingShutdowns(int millis) {
        shutdownMillis = millis;
        return this;
    }

    /** Loses the data packets whose number is a multiple of {@code divisor}, also when they are sent again. */
    public UdpProxy losingMultiplesOf(int divisor) {
        lostNumbers = divisor;
        return this;
    }

    public UdpProxy delaying(int millis) {
        delayMillis = millis;
        return this;
    }

    /**
     * Delays only what a listener sets the clock of a connection by, as if it was busy: the second half of the
     * handshake.
     */
    public UdpProxy delayingHandshakes(int millis) {
        handshakeMillis = millis;
        return this;
    }

    public UdpProxy start() {
        thread.start();
        return this;
    }

    /** Returns where clients connect to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) front.socket().getLocalSocketAddress();
    }

    /**
     * Loses nothing from now on. In live mode libsrt learns of a loss only from what comes behind it, so a test that
     * wants the last message whole ends the losses before it.
     */
    public void heal() {
        loss = 0;
    }

    /** Lets nothing pass any more, as if a cable was cut. */
    public void cut() {
        silent = true;
    }

    public Direction toTarget() {
        return toTarget;
    }

    public Direction toClient() {
        return toClient;
    }

    @Override
    public void close() throws IOException {
        later.shutdownNow();
        selector.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        front.close();
        for (DatagramChannel back : new ArrayList<>(clients.keySet())) {
            back.close();
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::readAll);
            }
        } catch (ClosedSelectorException e) {
            later.shutdownNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAll(SelectionKey key) {
        DatagramChannel from = (DatagramChannel) key.channel();
        try {
            while (true) {
                ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_BYTES);
                SocketAddress sender = from.receive(datagram);
                if (sender == null) {
                    return;
                }
                datagram.flip();
                if (from == front) {
                    pass(datagram, toTarget, backOf(sender), target);
                } else {
                    pass(datagram, toClient, front, clients.get(from));
                }
            }
        } catch (ClosedChannelException | PortUnreachableException e) {
            key.cancel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pass(ByteBuffer datagram, Direction direction, DatagramChannel by, SocketAddress to)
            throws IOException {
        boolean data = datagram.get(0) >= 0; // the first bit of a control packet is 1
        boolean loses = random.nextDouble() < loss;
        boolean duplicates = random.nextDouble() < duplication;
        boolean reorders = random.nextDouble() < reordering;
        boolean withheld = data && (!direction.isAmong(mostData, datagram.getInt(0)) || isLostForGood(datagram));
        boolean shutdown = datagram.getShort(0) == SHUTDOWN;
        if (silent || loses || withheld || losesGoodbyes && shutdown) {
            if (data) {
                direction.lost.incrementAndGet();
            }
            return;
        }
        int millis = delayMillis
                + (reorders ? REORDER_MILLIS : 0)
                + (isConclusion(datagram) ? handshakeMillis : 0)
                + (shutdown ? shutdownMillis : 0);
        for (int copies = duplicates ? 2 : 1; copies > 0; copies--) {
            if (millis == 0) {
                by.send(datagram.duplicate(), to);
            } else {
                sendLater(datagram.duplicate(), by, to, millis);
            }
        }
    }

    private boolean isLostForGood(ByteBuffer data) {
        return lostNumbers > 0 && data.getInt(0) % lostNumbers == 0;
    }

    private static boolean isConclusion(ByteBuffer datagram) {
        return datagram.remaining() >= HANDSHAKE_BYTES
                && datagram.getShort(0) == HANDSHAKE
                && datagram.getInt(HANDSHAKE_TYPE) == -1;
    }

    private void sendLater(ByteBuffer datagram, DatagramChannel by, SocketAddress to, int millis) {
        try {
            later.schedule(() -> by.send(datagram, to), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            silent = true; // closed meanwhile
        }
    }

    private DatagramChannel backOf(SocketAddress client) throws IOException {
        DatagramChannel back = backs.get(client);
        if (back == null) {
            back = open();
            backs.put(client, back);
            clients.put(back, client);
        }
        return back;
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "udp-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
