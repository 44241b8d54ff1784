// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * The negotiated parameters of a connection, read once it is up, because libsrt does not report them once the peer is
 * gone.
 *
 * @param messages whether the boundaries of messages are kept
 * @param live whether it is live mode, where each message is one packet
 * @param longestMessage the most bytes that one write may have, without bound in stream mode
 * @param longestIncoming the most bytes that one message of the peer may have, 0 in stream mode
 * @param sendBufferBytes what libsrt holds of what is sent
 * @param receiveBufferBytes what libsrt holds of what arrives
 * @param receiveLatencyMillis how long what arrives is held back
 * @param peerLatencyMillis how long the peer holds back what is sent
 * @param peerIdleMillis after what silence the peer counts as gone
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
    /** Before a connection is up, and for one that broke before it could be asked. */
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

    /** Returns the size of the buffers that are offered in message mode: a smaller one would cut messages. */
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
