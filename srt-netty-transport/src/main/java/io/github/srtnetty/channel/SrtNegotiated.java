// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * The negotiated parameters of a connection. They are read as soon as it is up, because libsrt does not report them
 * after the peer has left.
 *
 * @param messages whether message boundaries are kept
 * @param live whether it is live mode, where each message is one packet
 * @param longestMessage the largest write in bytes; {@code Integer.MAX_VALUE} in stream mode
 * @param longestIncoming the largest message of the peer in bytes; 0 in stream mode
 * @param sendBufferBytes the size of libsrt's send buffer in bytes
 * @param receiveBufferBytes the size of libsrt's receive buffer in bytes
 * @param receiveLatencyMillis the time for which this side holds received data back
 * @param peerLatencyMillis the time for which the peer holds received data back
 * @param peerIdleMillis the silence after which the peer counts as gone
 */
record SrtNegotiated(
        boolean messages,
        boolean live,
        int longestMessage,
        int longestIncoming,
        int sendBufferBytes,
        int receiveBufferBytes,
        int receiveLatencyMillis,
        int peerLatencyMillis,
        int peerIdleMillis) {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtNegotiated.class);
    /** Values before a connection is up, and for a connection that broke before its parameters were read. */
    static final SrtNegotiated NONE = new SrtNegotiated(true, true, Integer.MAX_VALUE, 0, 0, 0, 0, 0, 0);

    private static final int LIVE_MAX_PAYLOAD = SrtOptions.LONGEST_LIVE_PAYLOAD;

    private static final int UDP_HEADER = 28;
    private static final int SRT_HEADERS = 44;

    static SrtNegotiated of(SrtSocket socket) {
        try {
            boolean messages = socket.getOption(SrtOptions.SRTO_MESSAGEAPI);
            boolean live = socket.getOption(SrtOptions.SRTO_CONGESTION).equals("live");
            int sendBuffer = socket.getOption(SrtOptions.SRTO_SNDBUF);
            int receiveBuffer = socket.getOption(SrtOptions.SRTO_RCVBUF);
            boolean timed = socket.getOption(SrtOptions.SRTO_TSBPDMODE);
            return new SrtNegotiated(
                    messages,
                    live,
                    messages ? longestMessage(socket, live, sendBuffer) : Integer.MAX_VALUE,
                    messages ? longestIncoming(socket, live, receiveBuffer) : 0,
                    sendBuffer,
                    receiveBuffer,
                    timed ? socket.getOption(SrtOptions.SRTO_RCVLATENCY) : 0,
                    timed ? socket.getOption(SrtOptions.SRTO_PEERLATENCY) : 0,
                    socket.getOption(SrtOptions.SRTO_PEERIDLETIMEO));
        } catch (SrtException e) {
            LOGGER.debug("the peer of {} left while it was connecting", socket, e);
            return NONE;
        }
    }

    /** Returns the size of the receive buffers in message mode; libsrt would truncate messages to a smaller one. */
    static int receiveBufferSize(SrtSocket socket) {
        try {
            return Math.max(LIVE_MAX_PAYLOAD, socket.getOption(SrtOptions.SRTO_MSS) - SRT_HEADERS);
        } catch (SrtException e) {
            return LIVE_MAX_PAYLOAD;
        }
    }

    private static int longestMessage(SrtSocket socket, boolean live, int sendBuffer) throws SrtException {
        int mss = socket.getOption(SrtOptions.SRTO_MSS);
        if (live) {
            int payload = socket.getOption(SrtOptions.SRTO_PAYLOADSIZE);
            return payload > 0 ? payload : mss - SRT_HEADERS;
        }
        int packets = sendBuffer / (mss - UDP_HEADER);
        return packets * (mss - SRT_HEADERS);
    }

    // A message of file mode may fill the receive buffer.
    private static int longestIncoming(SrtSocket socket, boolean live, int receiveBuffer) throws SrtException {
        int packet = receiveBufferSize(socket);
        return live ? packet : Math.max(packet, receiveBuffer);
    }
}
