// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A caller connected to a listener of this process, and what tests do with such sockets. */
record Loopback(SrtSocket listener, SrtSocket caller, SrtSocket accepted) implements AutoCloseable {
    /** Sets options before a socket is bound. */
    @FunctionalInterface
    interface Setup {
        void apply(SrtSocket socket) throws SrtException;
    }

    static final String V4 = "127.0.0.1";
    static final String V6 = "::1";
    static final int BUFFER_BYTES = 2048;

    private static final int LATENCY_MILLIS = 20;
    /** Instead of 3 s, so that a machine that stands still for a moment ends no connect. */
    static final int CONNECT_MILLIS = 20_000;

    static Loopback connect() throws Exception {
        return connect(V4, socket -> {}, socket -> {});
    }

    static Loopback connect(String host, Setup listening, Setup calling) throws Exception {
        SrtSocket listener = listen(host, listening);
        SrtSocket caller = SrtSocket.create();
        caller.setOption(SrtOptions.SRTO_LATENCY, LATENCY_MILLIS);
        caller.setOption(SrtOptions.SRTO_CONNTIMEO, CONNECT_MILLIS);
        calling.apply(caller);
        caller.connect(listener.localAddress());
        Loopback loopback = new Loopback(listener, caller, accept(listener));
        Await.until("the caller is connected", () -> caller.state() == SrtSocketState.CONNECTED);
        return loopback;
    }

    static SrtSocket listen(String host, Setup setup) throws SrtException {
        SrtSocket listener = SrtSocket.create();
        listener.setOption(SrtOptions.SRTO_LATENCY, LATENCY_MILLIS);
        setup.apply(listener);
        listener.bind(new InetSocketAddress(host, 0));
        listener.listen(100);
        return listener;
    }

    static SrtSocket accept(SrtSocket listener) throws Exception {
        SrtSocket[] accepted = new SrtSocket[1];
        Await.until("a connection waits", () -> {
            accepted[0] = listener.accept();
            return accepted[0] != null;
        });
        return accepted[0];
    }

    /** Sends once, and returns what {@link SrtSocket#send} returned. */
    static int send(SrtSocket socket, byte[] message) throws SrtException {
        ByteBuffer memory = ByteBuffer.allocateDirect(Math.max(1, message.length));
        memory.put(0, message);
        int result = socket.send(address(memory), message.length);
        memory.clear(); // keeps it reachable until here
        return result;
    }

    /** Receives once, and returns what {@link SrtSocket#receive} returned. */
    static int receive(SrtSocket socket, ByteBuffer memory) throws SrtException {
        return socket.receive(address(memory), memory.capacity());
    }

    /** Waits for the next message. */
    static byte[] receive(SrtSocket socket) throws Exception {
        ByteBuffer memory = ByteBuffer.allocateDirect(BUFFER_BYTES);
        int[] length = new int[1];
        Await.until("a message arrives at " + socket, () -> {
            length[0] = receive(socket, memory);
            return length[0] != SrtSocket.WOULD_BLOCK;
        });
        if (length[0] == SrtSocket.GONE) {
            throw new AssertionError("the peer of " + socket + " is gone");
        }
        byte[] message = new byte[length[0]];
        memory.get(0, message);
        return message;
    }

    @Override
    public void close() {
        caller.close();
        accepted.close();
        listener.close();
    }

    private static long address(ByteBuffer memory) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(memory));
    }
}
