// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server that sends SRT by hand, without libsrt, to test callers with right and wrong answers. It answers on a
 * thread of its own; set the answers before {@link #start}. Data and control packets go to the caller that connected
 * last.
 */
public final class RawServer implements AutoCloseable {
    private static final int SOCKET_ID = 0x1234567;
    private static final int COOKIE = 0x600dc0de;
    private static final int DATAGRAM_BYTES = 2048;

    private final DatagramSocket socket;
    private final Thread thread = new Thread(this::run, "raw-server");
    private final long start = System.nanoTime();
    private final List<RawHandshake> handshakes = new CopyOnWriteArrayList<>();
    private final List<RawPacket> packets = new CopyOnWriteArrayList<>();
    private Function<RawHandshake, @Nullable RawHandshake> induction = RawServer::induction;
    private Function<RawHandshake, @Nullable RawHandshake> conclusion = RawServer::conclusion;
    private BiFunction<RawHandshake, RawHandshake, List<byte[]>> datagrams =
            (request, answer) -> List.of(answer.encode(timestamp()));
    private volatile @Nullable SocketAddress caller;
    private volatile int destination;
    private int sequence;
    private int message = 1;

    private RawServer(InetAddress address) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, 0));
        thread.setDaemon(true);
    }

    /** Opens a server on an ephemeral port of 127.0.0.1. */
    public static RawServer open() throws IOException {
        return open(InetAddress.getByName("127.0.0.1"));
    }

    public static RawServer open(InetAddress address) throws IOException {
        return new RawServer(address);
    }

    /** Returns the right answer to an induction. */
    public static RawHandshake induction(RawHandshake request) {
        return RawHandshake.ofType(RawHandshake.INDUCTION)
                .extension(RawHandshake.MAGIC)
                .isn(request.isn())
                .socketId(SOCKET_ID)
                .cookie(COOKIE)
                .destination(request.socketId());
    }

    /** Returns the right answer to a conclusion of version 5 in live mode: accepted. */
    public static RawHandshake conclusion(RawHandshake request) {
        RawHandshake answer = RawHandshake.conclusion(List.of(RawBlock.hsrsp(RawBlock.VERSION, RawBlock.LIVE, 120)));
        request.block(RawBlock.KMREQ)
                .ifPresent(block -> answer.block(new RawBlock(RawBlock.KMRSP, block.content()))
                        .encryption(request.encryption()));
        return answered(answer, request);
    }

    /** Returns an acceptance by version 4, which old servers answer with. */
    public static RawHandshake conclusion4(RawHandshake request) {
        return answered(RawHandshake.conclusion4(), request);
    }

    /** Returns a rejection with a code. */
    public static RawHandshake rejection(RawHandshake request, int code) {
        return answered(RawHandshake.ofType(RawHandshake.FIRST_REJECTION + code), request);
    }

    /** Sets how inductions are answered; null is no answer. */
    public RawServer onInduction(Function<RawHandshake, @Nullable RawHandshake> answer) {
        induction = answer;
        return this;
    }

    /** Sets how conclusions are answered; null is no answer. */
    public RawServer onConclusion(Function<RawHandshake, @Nullable RawHandshake> answer) {
        conclusion = answer;
        return this;
    }

    /** Replaces every answer to a handshake by any datagrams, which a function makes of the request and the answer. */
    public RawServer answering(BiFunction<RawHandshake, RawHandshake, List<byte[]>> replacement) {
        datagrams = replacement;
        return this;
    }

    public RawServer start() {
        thread.start();
        return this;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Returns the handshakes that came, in order. */
    public List<RawHandshake> handshakes() {
        return handshakes;
    }

    /** Returns the other packets that came, in order. */
    public List<RawPacket> packets() {
        return packets;
    }

    /** Sends a message of one packet to the caller that connected last. */
    public void send(byte[] bytes, int keyFlags) throws IOException {
        send(RawPacket.data(sequence, RawPacket.SOLO, keyFlags, message++, timestamp(), destination, bytes));
        sequence = sequence + 1 & 0x7fffffff;
    }

    /** Sends a control packet to the caller that connected last. */
    public void control(int type, int subtype, int info, byte[] content) throws IOException {
        send(RawPacket.control(type, subtype, info, timestamp(), destination, content));
    }

    public void send(RawPacket packet) throws IOException {
        sendRaw(packet.datagram(), caller);
    }

    @Override
    public void close() {
        socket.close();
    }

    private static RawHandshake answered(RawHandshake answer, RawHandshake request) {
        return answer.isn(request.isn())
                .socketId(SOCKET_ID)
                .cookie(request.cookie())
                .destination(request.socketId());
    }

    private int timestamp() {
        return (int) ((System.nanoTime() - start) / 1000) & 0x7fffffff;
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
        try {
            while (!socket.isClosed()) {
                packet.setLength(DATAGRAM_BYTES);
                socket.receive(packet);
                handle(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void handle(byte[] datagram, SocketAddress from) throws IOException {
        if (datagram.length < RawPacket.HEADER_BYTES) {
            return;
        }
        RawPacket packet = RawPacket.of(datagram);
        if (!packet.isControl(RawPacket.HANDSHAKE) || datagram.length < RawHandshake.BYTES) {
            packets.add(packet);
            if (packet.isControl(RawPacket.ACK)) {
                control(
                        RawPacket.ACKACK,
                        0,
                        packet.info(),
                        ByteBuffer.allocate(4).array());
            }
            return;
        }
        RawHandshake request = RawHandshake.decode(datagram);
        boolean concludes = request.type() == RawHandshake.CONCLUSION;
        if (concludes) {
            caller = from;
            destination = request.socketId();
            sequence = request.isn();
        }
        handshakes.add(request);
        RawHandshake answer = (concludes ? conclusion : induction).apply(request);
        if (answer != null) {
            for (byte[] reply : datagrams.apply(request, answer)) {
                sendRaw(reply, from);
            }
        }
    }

    private void sendRaw(byte[] datagram, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, to));
    }
}
