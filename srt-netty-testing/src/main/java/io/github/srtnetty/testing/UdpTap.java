// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stands between a caller and a listener and keeps what the caller's data packets carry. */
public final class UdpTap implements AutoCloseable {
    private static final int MTU = 1500;
    private static final int SRT_HEADER_BYTES = 16;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final SortedMap<Integer, byte[]> payloads = new TreeMap<>();
    private final DatagramSocket toCaller =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final DatagramSocket toListener = new DatagramSocket();
    private volatile InetSocketAddress caller = new InetSocketAddress(0);

    /** Stands before a listener on the loopback interface. */
    public UdpTap(int listenerPort) throws IOException {
        toCaller.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        toListener.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        toListener.connect(InetAddress.getLoopbackAddress(), listenerPort);
        start(() -> {
            DatagramPacket packet = receive(toCaller);
            caller = (InetSocketAddress) packet.getSocketAddress();
            keep(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
            toListener.send(new DatagramPacket(packet.getData(), packet.getLength()));
        });
        start(() -> {
            DatagramPacket packet = receive(toListener);
            toCaller.send(new DatagramPacket(packet.getData(), packet.getLength(), caller));
        });
    }

    public int port() {
        return toCaller.getLocalPort();
    }

    /** Returns the payloads in the order of their sequence numbers, those that came twice once. */
    public byte[] payload() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        synchronized (payloads) {
            payloads.values().forEach(all::writeBytes);
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        toCaller.close();
        toListener.close();
    }

    // The first bit of a data packet is 0, its sequence number follows.
    private void keep(ByteBuffer packet) {
        int first = packet.getInt(0);
        if (first >= 0) {
            byte[] payload = Arrays.copyOfRange(packet.array(), SRT_HEADER_BYTES, packet.limit());
            synchronized (payloads) {
                payloads.put(first, payload);
            }
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MTU], MTU);
        socket.receive(packet);
        return packet;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void start(Step step) {
        Thread thread = new Thread(
                () -> {
                    while (!toCaller.isClosed()) {
                        try {
                            step.run();
                        } catch (IOException e) {
                            continue; // closed, or the other side is not there yet or any more
                        }
                    }
                },
                "tap");
        thread.setDaemon(true);
        thread.start();
    }
}
