// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A caller that sends SRT by hand over a UDP socket, without libsrt: handshakes with any bytes, data and control
 * packets. Blocking, for one thread. It resends nothing, as loopback loses nothing.
 *
 * <pre>{@code
 * try (RawPeer peer = RawPeer.to(address)) {
 *     assertThat(peer.connect(RawHandshake.conclusion().streamId("a"))).hasToString("CONNECTED 5");
 *     peer.send(payload);
 *     peer.receive(Duration.ofSeconds(1)); // answers acknowledgements
 *     peer.shutdown();
 * }
 * }</pre>
 */
public final class RawPeer implements AutoCloseable {
    /** How long an answer to a handshake is awaited. */
    public static final Duration WAIT = Duration.ofSeconds(3);

    private static final int DATAGRAM_BYTES = 2048;
    private static final int NUMBER_MASK = 0x3fffffff;
    private static final int SEQUENCE_MASK = 0x7fffffff;
    private static final int MARKS = 0x20000000;
    private static final int KEEPALIVE_NANOS = 900_000_000;

    private final DatagramSocket socket;
    private final Random random;
    private final long start = System.nanoTime();
    private final int socketId;
    private final int isn;
    private @Nullable Integer cookie;
    private @Nullable RawKey key;
    private int keyFlags;
    private int destination;
    private int sequence;
    private int message = 1;
    private int acknowledgements;
    private int marks;
    private long lastSent;

    private RawPeer(InetSocketAddress target, @Nullable InetAddress local, long seed) throws IOException {
        random = new Random(seed);
        socketId = random.nextInt() & NUMBER_MASK | 1;
        isn = random.nextInt() & NUMBER_MASK;
        sequence = isn;
        socket = new DatagramSocket(local == null ? null : new InetSocketAddress(local, 0));
        if (local == null) {
            socket.bind(null);
        }
        socket.connect(target);
    }

    /** Opens a peer of a listener. */
    public static RawPeer to(InetSocketAddress target) throws IOException {
        return to(target, new Random().nextLong());
    }

    /** Opens a peer whose socket id, first sequence number and the like come from a seed. */
    public static RawPeer to(InetSocketAddress target, long seed) throws IOException {
        return new RawPeer(target, null, seed);
    }

    /** Opens a peer that sends from an address of this machine, such as 127.0.0.2. */
    public static RawPeer from(InetAddress local, InetSocketAddress target) throws IOException {
        return new RawPeer(target, local, new Random().nextLong());
    }

    /** Returns the address that it sends from. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public int socketId() {
        return socketId;
    }

    /** Returns the number of the next data packet. */
    public int sequence() {
        return sequence;
    }

    /** Returns a socket id that was not used before, to recognise the answer to an induction by. */
    int nextMark() {
        return MARKS | ++marks;
    }

    /** Returns the listener's socket id of this connection, 0 before it is connected. */
    public int destination() {
        return destination;
    }

    /** Returns microseconds since this peer was made, the timestamp of its packets. */
    public int timestamp() {
        return (int) ((System.nanoTime() - start) / 1000) & SEQUENCE_MASK;
    }

    /** Asks for a cookie, which is valid for a minute; empty when no answer came. */
    public Optional<RawHandshake> induct() throws IOException {
        return induct(RawHandshake.induction());
    }

    /** Sends an induction and takes the cookie of its answer. */
    public Optional<RawHandshake> induct(RawHandshake induction) throws IOException {
        sendRaw(encode(induction));
        Optional<RawHandshake> answer = awaitHandshake(handshake -> handshake.type() != RawHandshake.CONCLUSION, WAIT);
        answer.ifPresent(handshake -> cookie = handshake.cookie());
        return answer;
    }

    /** Connects as a live caller of version 5 without a stream id. */
    public RawResult connect() throws IOException {
        return connect(RawHandshake.conclusion());
    }

    /** Asks for a cookie where it has none, sends the conclusion and waits for the decision. */
    public RawResult connect(RawHandshake conclusion) throws IOException {
        return connect(conclusion, WAIT);
    }

    /** Connects like {@link #connect(RawHandshake)}, and waits so long for the decision. */
    public RawResult connect(RawHandshake conclusion, Duration wait) throws IOException {
        if (cookie == null && induct().isEmpty()) {
            return RawResult.timeout();
        }
        conclude(conclusion);
        return awaitResult(wait);
    }

    /** Sends a conclusion and waits for nothing. */
    public void conclude(RawHandshake conclusion) throws IOException {
        sendRaw(encode(conclusion));
    }

    /**
     * Returns the datagram of a handshake, with this peer's socket id, sequence number and cookie where it sets none.
     */
    public byte[] encode(RawHandshake handshake) {
        return handshake.orElse(socketId, isn, cookie == null ? 0 : cookie).encode(timestamp());
    }

    /** Waits for the decision on a conclusion that was sent. */
    public RawResult awaitResult(Duration wait) throws IOException {
        Optional<RawHandshake> answer = awaitHandshake(
                handshake ->
                        handshake.type() == RawHandshake.CONCLUSION || handshake.type() >= RawHandshake.FIRST_REJECTION,
                wait);
        RawResult result = answer.map(RawResult::of).orElseGet(RawResult::timeout);
        if (result.isConnected()) {
            destination = answer.get().socketId();
        }
        return result;
    }

    /** Encrypts from now on what {@link #send} sends, and decrypts what comes with key flags. */
    public void encryptWith(RawKey newKey, int flags) {
        key = newKey;
        keyFlags = flags;
    }

    /** Sends a message of one packet, encrypted where a key is set. */
    public void send(byte[] payload) throws IOException {
        send(key == null ? payload : key.crypt(sequence, payload), keyFlags);
    }

    /** Sends these bytes as a message of one packet that claims a key: 0 none, 1 even, 2 odd, 3 both. */
    public void send(byte[] bytes, int flags) throws IOException {
        send(RawPacket.data(sequence, RawPacket.SOLO, flags, message++, timestamp(), destination, bytes));
        sequence = sequence + 1 & SEQUENCE_MASK;
    }

    /** Sends a control packet of this connection. */
    public void control(int type, int subtype, int info, byte[] content) throws IOException {
        send(RawPacket.control(type, subtype, info, timestamp(), destination, content));
    }

    public void keepAlive() throws IOException {
        control(RawPacket.KEEPALIVE, 0, 0, new byte[4]);
    }

    public void shutdown() throws IOException {
        control(RawPacket.SHUTDOWN, 0, 0, new byte[4]);
    }

    /** Acknowledges all packets before this one. */
    public void acknowledge(int next) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(28).putInt(next & SEQUENCE_MASK);
        content.putInt(1000)
                .putInt(500)
                .putInt(8192)
                .putInt(1000)
                .putInt(10_000)
                .putInt(10_000_000);
        control(RawPacket.ACK, 0, ++acknowledgements, content.array());
    }

    public void send(RawPacket packet) throws IOException {
        sendRaw(packet.datagram());
    }

    /** Sends any bytes. */
    public void sendRaw(byte[] datagram) throws IOException {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length));
        } catch (PortUnreachableException e) {
            socket.send(new DatagramPacket(datagram, datagram.length)); // it is an earlier packet's error
        }
        lastSent = System.nanoTime();
    }

    /**
     * Returns the payloads of the data packets that come within a time or until the peer shuts down. Acknowledges them,
     * answers the peer's acknowledgements, keeps the connection alive.
     */
    public List<byte[]> receive(Duration duration) throws IOException {
        return receive(duration, Integer.MAX_VALUE);
    }

    /** Receives like {@link #receive(Duration)}, and returns as soon as it has so many payloads. */
    public List<byte[]> receive(Duration duration, int most) throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        long end = System.nanoTime() + duration.toNanos();
        while (payloads.size() < most && System.nanoTime() - end < 0) {
            RawPacket packet = poll(Math.min(end, System.nanoTime() + KEEPALIVE_NANOS / 2));
            if (System.nanoTime() - lastSent > KEEPALIVE_NANOS) {
                keepAlive();
            }
            if (packet == null) {
                continue;
            }
            if (packet.isControl(RawPacket.SHUTDOWN)) {
                break;
            }
            answer(packet, payloads);
        }
        return payloads;
    }

    /** Returns the next packet, of any kind and unanswered; empty after the time. */
    public Optional<RawPacket> next(Duration wait) throws IOException {
        return Optional.ofNullable(poll(System.nanoTime() + wait.toNanos()));
    }

    @Override
    public void close() {
        socket.close();
    }

    private void answer(RawPacket packet, List<byte[]> payloads) throws IOException {
        if (!packet.isControl()) {
            boolean decrypts = key != null && packet.keyFlags() != 0;
            payloads.add(decrypts ? key.crypt(packet.sequence(), packet.payload()) : packet.payload());
            acknowledge(packet.sequence() + 1);
        } else if (packet.isControl(RawPacket.ACK)) {
            control(RawPacket.ACKACK, 0, packet.info(), new byte[4]);
        }
    }

    private Optional<RawHandshake> awaitHandshake(Predicate<RawHandshake> wanted, Duration wait) throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            RawPacket packet = poll(end);
            if (packet == null) {
                return Optional.empty();
            }
            if (packet.isControl(RawPacket.HANDSHAKE) && packet.datagram().length >= RawHandshake.BYTES) {
                RawHandshake handshake = RawHandshake.decode(packet.datagram());
                if (wanted.test(handshake)) {
                    return Optional.of(handshake);
                }
            }
        }
    }

    private @Nullable RawPacket poll(long end) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
        while (true) {
            long millis = (end - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                return null;
            }
            socket.setSoTimeout((int) millis);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return null;
            } catch (PortUnreachableException e) {
                continue; // nobody listens yet, or any more: as with a packet that was lost
            }
            if (packet.getLength() >= RawPacket.HEADER_BYTES) {
                return RawPacket.of(Arrays.copyOf(packet.getData(), packet.getLength()));
            }
        }
    }
}
