// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.MessageControl;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The methods of {@link SrtSocket} that the parts of a connection call. Tests of the parts use a fake instead. */
interface NativeSocket {
    /** Returns the state, see {@link SrtSocket#state}. */
    SrtSocketState state();

    /** Returns the events that are true now, see {@link SrtSocket#events}. */
    int events();

    /** Starts to connect, see {@link SrtSocket#connect}. */
    void connect(InetSocketAddress remote) throws IOException;

    /** Returns why a connect failed, see {@link SrtSocket#rejectReason}. */
    SrtRejectReason rejectReason();

    /** Returns whether the peer did not prove the passphrase, see {@link KeyExchange}. */
    boolean isKeyExchangeIncomplete();

    /** Returns whether this side, not libsrt, closed the socket, see {@link SrtSocket#isClosed}. */
    boolean isClosed();

    /** Receives into memory, and fills {@code control} if it is not null, see {@link SrtSocket#receive}. */
    int receive(long address, int capacity, @Nullable MessageControl control) throws IOException;

    /** Sends from memory, with {@code control} if it is not null, see {@link SrtSocket#send}. */
    int send(long address, int length, @Nullable MessageControl control) throws IOException;

    /** Returns the packets that can still be received, see {@link SrtSocket#receivablePackets}. */
    int receivablePackets();

    /** Returns the packets that the peer has not acknowledged, see {@link SrtSocket#unacknowledgedPackets}. */
    int unacknowledgedPackets();

    /** Returns the packets that libsrt has not sent yet, and whether it may send. */
    SendBacklog sendBacklog();

    /** Returns the calls of a socket of libsrt. */
    static NativeSocket of(SrtSocket socket) {
        return new OfLibsrt(socket);
    }

    /** A socket of libsrt. */
    record OfLibsrt(SrtSocket socket) implements NativeSocket {
        @Override
        public SrtSocketState state() {
            return socket.state();
        }

        @Override
        public int events() {
            return socket.events();
        }

        @Override
        public void connect(InetSocketAddress remote) throws IOException {
            socket.connect(remote);
        }

        @Override
        public SrtRejectReason rejectReason() {
            return socket.rejectReason();
        }

        @Override
        public boolean isKeyExchangeIncomplete() {
            return KeyExchange.isIncomplete(socket);
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public int receive(long address, int capacity, @Nullable MessageControl control) throws IOException {
            return control == null ? socket.receive(address, capacity) : socket.receive(address, capacity, control);
        }

        @Override
        public int send(long address, int length, @Nullable MessageControl control) throws IOException {
            return control == null ? socket.send(address, length) : socket.send(address, length, control);
        }

        @Override
        public int receivablePackets() {
            return socket.receivablePackets();
        }

        @Override
        public int unacknowledgedPackets() {
            return socket.unacknowledgedPackets();
        }

        @Override
        public SendBacklog sendBacklog() {
            return SendBacklog.of(socket.statistics(false));
        }
    }
}
