// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import com.sun.jna.Pointer;
import io.github.srtnetty.libsrt.MessageControl;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket without libsrt: what it receives and takes is set by a test. */
final class FakeSocket implements NativeSocket {
    private final Deque<byte[]> incoming = new ArrayDeque<>();
    final List<String> sent = new ArrayList<>();
    SrtSocketState state = SrtSocketState.CONNECTED;
    SrtRejectReason rejectReason = new SrtRejectReason(0);
    /** The sends that fit. */
    int room = Integer.MAX_VALUE;
    /** The packets that have arrived and are not due yet. */
    int notDue;

    int unacknowledged;
    SendBacklog backlog = SendBacklog.NONE;
    /** The time to live of the last message that was sent with one or without, in milliseconds. */
    int lastTimeToLiveMillis;

    int receives;
    /** Whether the events of a broken socket have ERR. */
    boolean reportsBreak = true;
    /** Whether the connector's own side has closed it. */
    boolean closed;

    @Nullable
    IOException failure;

    @Nullable
    InetSocketAddress connectedTo;

    /** Lets messages arrive. */
    void arrive(String... messages) {
        for (String message : messages) {
            incoming.add(message.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public SrtSocketState state() {
        return state;
    }

    @Override
    public int events() {
        return (incoming.isEmpty() ? 0 : SrtSocket.EVENT_IN)
                | (room > 0 ? SrtSocket.EVENT_OUT : 0)
                | (state.isGone() && reportsBreak ? SrtSocket.EVENT_ERR : 0);
    }

    @Override
    public void connect(InetSocketAddress remote) {
        connectedTo = remote;
    }

    @Override
    public SrtRejectReason rejectReason() {
        return rejectReason;
    }

    @Override
    public boolean isKeyExchangeIncomplete() {
        return false;
    }

    @Override
    public int receive(long address, int capacity, @Nullable MessageControl control) throws IOException {
        receives++;
        if (failure != null) {
            throw failure;
        }
        byte[] message = incoming.poll();
        if (message == null) {
            return state.isGone() ? SrtSocket.GONE : SrtSocket.WOULD_BLOCK;
        }
        int length = Math.min(message.length, capacity);
        new Pointer(address).write(0, message, 0, length);
        return length;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public int send(long address, int length, @Nullable MessageControl control) {
        if (state.isGone()) {
            return SrtSocket.GONE;
        }
        if (room == 0) {
            return SrtSocket.WOULD_BLOCK;
        }
        room--;
        lastTimeToLiveMillis = control == null ? SrtMessage.NO_LIMIT : control.timeToLiveMillis();
        sent.add(new String(new Pointer(address).getByteArray(0, length), StandardCharsets.US_ASCII));
        return length;
    }

    @Override
    public int receivablePackets() {
        return incoming.size() + notDue;
    }

    @Override
    public int unacknowledgedPackets() {
        return unacknowledged;
    }

    @Override
    public SendBacklog sendBacklog() {
        return backlog;
    }
}
