// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UDP socket that sends the handshake of SRT version 5 without libsrt, so that it can name anything. */
final class RawHandshake implements AutoCloseable {
    static final int MSS = 1500;
    static final int WINDOW = 8192;
    static final int INDUCTION = 1;
    static final int CONCLUSION = -1;
    /** Where the handshake starts, behind the header of SRT. */
    static final int BODY = 16;

    static final int BODY_BYTES = 48;

    private static final int TYPE = BODY + 20;
    private static final int SOCKET_ID = BODY + 24;
    private static final int COOKIE = BODY + 28;
    private static final int MAGIC = 0x4A17;
    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;
    private static final int REJECTION = 1000;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final DatagramSocket socket;
    private int socketId = 0x1234567;
    private int initialSequence = 0x1234;

    RawHandshake(InetAddress local) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(local, 0));
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Asks a listener for the cookie, and returns it. */
    int cookie(InetSocketAddress listener) throws IOException {
        send(handshake(4, 2, INDUCTION, 0, MSS, WINDOW, 0), listener);
        return receive().getInt(COOKIE);
    }

    /** Sends the conclusion of a caller, under a socket id of its own. */
    void conclude(InetSocketAddress listener, int cookie, int mss, int window) throws IOException {
        socketId++;
        send(withExtension(REQUEST, handshake(5, 1, CONCLUSION, cookie, mss, window, 0)), listener);
    }

    /** Sends a conclusion with a block of text behind so many blocks with the stream id "x". */
    void concludeWith(int block, String text, InetSocketAddress listener, int cookie, int blocksBefore)
            throws IOException {
        socketId++;
        byte[] start = withExtension(REQUEST, handshake(5, 7, CONCLUSION, cookie, MSS, WINDOW, 0));
        int words = text.length() / 4 + 1;
        ByteBuffer packet = ByteBuffer.allocate(start.length + 8 * blocksBefore + 4 + 4 * words);
        packet.put(start);
        for (int i = 0; i < blocksBefore; i++) {
            packet.putInt(5 << 16 | 1).putInt('x');
        }
        packet.putInt(block << 16 | words);
        for (int i = 0; i < words * 4; i++) {
            int at = i / 4 * 4 + 3 - i % 4; // each word reversed
            packet.put((byte) (at < text.length() ? text.charAt(at) : 0));
        }
        send(packet.array(), listener);
    }

    /** Returns the socket id of the last conclusion. */
    int socketId() {
        return socketId;
    }

    /** Answers the next induction and the next conclusion of a caller as a listener does, with these values. */
    void serve(int mss, int window) throws IOException {
        respond(CONCLUSION, mss, window);
    }

    /** Rejects the next caller, with no MSS and no window. */
    void reject(int reason) throws IOException {
        respond(REJECTION + reason, 0, 0);
    }

    private void respond(int type, int mss, int window) throws IOException {
        DatagramPacket packet = receivePacket();
        ByteBuffer induction = bytes(packet);
        InetSocketAddress caller = (InetSocketAddress) packet.getSocketAddress();
        initialSequence = induction.getInt(BODY + 8);
        int callerId = induction.getInt(SOCKET_ID);
        send(handshake(5, MAGIC, INDUCTION, 77, MSS, WINDOW, callerId), caller);
        ByteBuffer request = receive();
        while (request.getInt(TYPE) != CONCLUSION) {
            request = receive();
        }
        send(withExtension(RESPONSE, handshake(5, 1, type, 77, mss, window, callerId)), caller);
    }

    void send(byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** Returns the next packet, after 20 s at most. */
    ByteBuffer receive() throws IOException {
        return bytes(receivePacket());
    }

    /** Returns the next handshake that is a conclusion or a rejection and goes to {@code socketId}, null after 20 s. */
    @Nullable
    ByteBuffer receiveAnswer(int... expectedIds) throws IOException {
        try {
            while (true) {
                ByteBuffer packet = receive();
                int to = packet.getInt(12);
                if (packet.getInt(0) == 0x8000_0000
                        && Arrays.stream(expectedIds).anyMatch(id -> id == to)) {
                    return packet;
                }
            }
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    static int typeOf(ByteBuffer handshake) {
        return handshake.getInt(TYPE);
    }

    @Override
    public void close() {
        socket.close();
    }

    private byte[] handshake(int version, int extension, int type, int cookie, int mss, int window, int to) {
        return ByteBuffer.allocate(BODY + BODY_BYTES)
                .putInt(0x8000_0000)
                .putInt(0)
                .putInt(0)
                .putInt(to)
                .putInt(version)
                .putInt(extension)
                .putInt(initialSequence)
                .putInt(mss)
                .putInt(window)
                .putInt(type)
                .putInt(socketId)
                .putInt(cookie)
                .putInt(0x0100_007F)
                .array();
    }

    /** Adds the block HSREQ or HSRSP: version 1.5.1, flags of a live sender, latency 120 ms both ways. */
    private static byte[] withExtension(int block, byte[] handshake) {
        return ByteBuffer.allocate(handshake.length + 16)
                .put(handshake)
                .putInt(block << 16 | 3)
                .putInt(0x010501)
                .putInt(0xBF)
                .putInt(120 << 16 | 120)
                .array();
    }

    private DatagramPacket receivePacket() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }

    private static ByteBuffer bytes(DatagramPacket packet) {
        return ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
}
