// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets on the loopback interface, with the real library. */
class SrtSocketTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);
    private static final byte[] ANSWER = "its answer".getBytes(UTF_8);
    private static final int EADDRINUSE = 98;

    @ParameterizedTest
    @ValueSource(strings = {Loopback.V4, Loopback.V6})
    void carriesMessagesBothWays(String host) throws Exception {
        assumeTrue(isUsable(host), () -> "this machine has no " + host);
        try (Loopback loopback = Loopback.connect(host, s -> {}, s -> {})) {
            assertThat(Loopback.send(loopback.caller(), MESSAGE)).isEqualTo(MESSAGE.length);
            assertThat(Loopback.receive(loopback.accepted())).isEqualTo(MESSAGE);
            assertThat(Loopback.send(loopback.accepted(), ANSWER)).isEqualTo(ANSWER.length);
            assertThat(Loopback.receive(loopback.caller())).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Loopback.V4, Loopback.V6})
    void knowsBothAddresses(String host) throws Exception {
        assumeTrue(isUsable(host), () -> "this machine has no " + host);
        try (Loopback loopback = Loopback.connect(host, s -> {}, s -> {})) {
            InetSocketAddress server = loopback.listener().localAddress();
            assertThat(server.getAddress()).isEqualTo(InetAddress.getByName(host));
            assertThat(server.getPort()).isPositive();
            assertThat(loopback.caller().remoteAddress()).isEqualTo(server);
            assertThat(loopback.accepted().remoteAddress().getPort())
                    .isEqualTo(loopback.caller().localAddress().getPort());
            assertThat(loopback.listener().remoteAddress()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Loopback.V4, Loopback.V6})
    void anAcceptedSocketStillKnowsItsPeer_whenThatHasLeft(String host) throws Exception {
        assumeTrue(isUsable(host), () -> "this machine has no " + host);
        try (Loopback loopback = Loopback.connect(host, s -> {}, s -> {})) {
            InetSocketAddress peer = loopback.accepted().remoteAddress();
            loopback.caller().close();
            Await.until("the end", () -> loopback.accepted().state().isGone());

            assertThat(loopback.accepted().remoteAddress()).isNotNull().isEqualTo(peer);
        }
    }

    @Test
    void goesThroughTheStatesOfAListenerAndOfACaller() throws Exception {
        SrtSocket socket = SrtSocket.create();
        assertThat(socket.state()).isEqualTo(SrtSocketState.INIT);
        assertThat(socket.localAddress()).isNull();
        socket.bind(new InetSocketAddress(Loopback.V4, 0));
        assertThat(socket.state()).isEqualTo(SrtSocketState.OPENED);
        socket.listen(1);
        assertThat(socket.state()).isEqualTo(SrtSocketState.LISTENING);
        SrtSocket caller = SrtSocket.create();
        caller.connect(socket.localAddress());
        assertThat(caller.state()).isIn(SrtSocketState.CONNECTING, SrtSocketState.CONNECTED);
        assertThat(caller.localAddress().getPort()).isPositive();
        Await.until("connected", () -> caller.state() == SrtSocketState.CONNECTED);
        caller.close();
        socket.close();
        assertThat(caller.state().isGone()).isTrue();
        assertThat(socket.state().isGone()).isTrue();
    }

    @Test
    void saysWouldBlock_whenNothingIsThere() throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            ByteBuffer memory = ByteBuffer.allocateDirect(Loopback.BUFFER_BYTES);
            assertThat(Loopback.receive(loopback.accepted(), memory)).isEqualTo(SrtSocket.WOULD_BLOCK);
            assertThat(loopback.listener().accept()).isNull();
        }
    }

    @Test
    void saysWouldBlock_whenTheSendBufferIsFull() throws Exception {
        int packets = 64;
        Loopback.Setup stalled = socket -> {
            socket.setOption(SrtOptions.SRTO_SNDBUF, 1472 * packets);
            socket.setOption(SrtOptions.SRTO_FC, 32);
            socket.setOption(SrtOptions.SRTO_RCVBUF, 1472 * 32);
            socket.setOption(SrtOptions.SRTO_TLPKTDROP, false);
        };
        try (Loopback loopback = Loopback.connect(Loopback.V4, stalled, stalled)) {
            Await.until("both buffers are full", () -> {
                int result = Loopback.send(loopback.caller(), new byte[1316]);
                return result == SrtSocket.WOULD_BLOCK && (loopback.caller().events() & SrtSocket.EVENT_OUT) == 0;
            });
            assertThat(loopback.caller().unacknowledgedPackets()).isBetween(1, packets);
        }
    }

    @Test
    void tellsItsEvents() throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            assertThat(loopback.accepted().events()).isEqualTo(SrtSocket.EVENT_OUT);
            Loopback.send(loopback.caller(), MESSAGE);
            Await.until("readable", () -> loopback.accepted().events() == (SrtSocket.EVENT_IN | SrtSocket.EVENT_OUT));
            assertThat(loopback.accepted().receivablePackets()).isEqualTo(1);
            Loopback.receive(loopback.accepted());
            assertThat(loopback.accepted().events()).isEqualTo(SrtSocket.EVENT_OUT);
        }
    }

    @Test
    void saysGone_afterThePeerClosed() throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            loopback.caller().close();
            ByteBuffer memory = ByteBuffer.allocateDirect(Loopback.BUFFER_BYTES);
            Await.until("gone", () -> Loopback.receive(loopback.accepted(), memory) == SrtSocket.GONE);
            assertThat(Loopback.send(loopback.accepted(), MESSAGE)).isEqualTo(SrtSocket.GONE);
            assertThat(loopback.accepted().state().isGone()).isTrue();
            assertThat(loopback.accepted().events() & SrtSocket.EVENT_ERR).isEqualTo(SrtSocket.EVENT_ERR);
        }
    }

    @Test
    void endsAStreamWithZero_afterThePeerClosed() throws Exception {
        Loopback.Setup stream = socket -> socket.setOption(SrtOptions.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
        try (Loopback loopback = Loopback.connect(Loopback.V4, stream, stream)) {
            Loopback.send(loopback.caller(), MESSAGE);
            Await.until("acknowledged", () -> loopback.caller().unacknowledgedPackets() == 0);
            loopback.caller().close();
            assertThat(Loopback.receive(loopback.accepted())).isEqualTo(MESSAGE);
            ByteBuffer memory = ByteBuffer.allocateDirect(Loopback.BUFFER_BYTES);
            int[] end = new int[1];
            Await.until("the end", () -> {
                end[0] = Loopback.receive(loopback.accepted(), memory);
                return end[0] != SrtSocket.WOULD_BLOCK;
            });
            assertThat(end[0]).isIn(0, SrtSocket.GONE); // gone, where libsrt has collected the socket meanwhile
        }
    }

    @Test
    void answersCallsOnAClosedSocket_withoutHarm() throws Exception {
        SrtSocket socket = SrtSocket.create();
        socket.close();
        socket.close();
        assertThat(socket.localAddress()).isNull();
        assertThat(socket.remoteAddress()).isNull();
        assertThat(socket.statistics(false)).isNull();
        assertThat(socket.unacknowledgedPackets()).isZero();
        assertThat(socket.receivablePackets()).isZero();
        assertThat(socket.rejectReason()).isEqualTo(SrtRejectReason.UNKNOWN);
        assertThat(socket.events()).isEqualTo(SrtSocket.EVENT_ERR);
        assertThat(Loopback.send(socket, MESSAGE)).isEqualTo(SrtSocket.GONE);
        assertFails(SrtError.EINVSOCK, "srt_accept", socket::accept);
        assertFails(SrtError.EINVSOCK, "srt_listen", () -> socket.listen(1));
        assertFails(SrtError.EINVPARAM, "srt_bind", () -> socket.bind(new InetSocketAddress(Loopback.V4, 0)));
        assertFails(SrtError.EINVSOCK, "srt_connect", () -> socket.connect(new InetSocketAddress(Loopback.V4, 9)));
        assertFails(SrtError.EINVSOCK, "srt_getsockflag", () -> socket.getOption(SrtOptions.SRTO_LATENCY));
        assertFails(SrtError.EINVSOCK, "srt_setsockflag", () -> socket.setOption(SrtOptions.SRTO_LATENCY, 1));
        ByteBuffer memory = ByteBuffer.allocateDirect(Loopback.BUFFER_BYTES);
        assertThat(Loopback.receive(socket, memory)).isEqualTo(SrtSocket.GONE);
    }

    @Test
    void saysWhy_whenThePassphraseIsWrong() throws Exception {
        SrtSocket listener =
                Loopback.listen(Loopback.V4, socket -> socket.setOption(SrtOptions.SRTO_PASSPHRASE, "correct horse"));
        SrtSocket caller = SrtSocket.create();
        caller.setOption(SrtOptions.SRTO_PASSPHRASE, "battery staple");
        caller.connect(listener.localAddress());
        Await.until("rejected", () -> caller.state() == SrtSocketState.BROKEN);
        assertThat(caller.rejectReason()).isEqualTo(SrtRejectReason.BADSECRET);
        assertThat(caller.rejectReason().description()).isEqualTo("wrong passphrase");
        caller.close();
        listener.close();
    }

    @Test
    void saysTimeout_whenNobodyAnswers() throws Exception {
        SrtSocket caller = SrtSocket.create();
        caller.setOption(SrtOptions.SRTO_CONNTIMEO, 200);
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName(Loopback.V4))) {
            caller.connect(new InetSocketAddress(Loopback.V4, silent.getLocalPort()));
            Await.until("timed out", () -> caller.state() == SrtSocketState.BROKEN);
        }
        assertThat(caller.rejectReason()).isEqualTo(SrtRejectReason.TIMEOUT);
        assertThat(caller.rejectReason().isTransient()).isTrue();
        caller.close();
    }

    @Test
    void bindingAPortInUseFails_withFunctionCodeAndErrno() throws Exception {
        SrtSocket socket = SrtSocket.create();
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName(Loopback.V4))) {
            InetSocketAddress taken = new InetSocketAddress(Loopback.V4, other.getLocalPort());
            SrtException failure = catchThrowableOfType(SrtException.class, () -> socket.bind(taken));
            assertThat(failure.function()).isEqualTo("srt_bind");
            assertThat(failure.error()).isEqualTo(SrtError.ESOCKFAIL);
            assertThat(failure.errno()).isEqualTo(EADDRINUSE);
            assertThat(failure)
                    .hasMessageStartingWith("srt_bind(127.0.0.1:" + taken.getPort() + "): ESOCKFAIL (1003): ")
                    .hasMessageEndingWith(": Address already in use (errno 98)");
        } finally {
            socket.close();
        }
    }

    @Test
    void aMessageThatIsTooLongFails_withFunctionAndLength() throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            SrtException failure =
                    catchThrowableOfType(SrtException.class, () -> Loopback.send(loopback.caller(), new byte[1317]));
            assertThat(failure.function()).isEqualTo("srt_sendmsg2");
            assertThat(failure.error()).isEqualTo(SrtError.EINVALMSGAPI);
            assertThat(failure).hasMessageStartingWith("srt_sendmsg2(" + loopback.caller() + ", 1317 bytes): ");
            assertThat(Loopback.send(loopback.caller(), new byte[1316])).isEqualTo(1316);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 511, 512})
    void aStreamIdOfAnyLengthReachesTheAcceptedSocket(int bytes) throws Exception {
        String streamId = "#!::r=kamera,s=0123456789".repeat(21).substring(0, bytes);
        try (Loopback loopback = Loopback.connect(
                Loopback.V4, s -> {}, socket -> socket.setOption(SrtOptions.SRTO_STREAMID, streamId))) {
            assertThat(loopback.accepted().getOption(SrtOptions.SRTO_STREAMID)).isEqualTo(streamId);
        }
    }

    @Test
    void agreesOnTheLongestLatency() throws Exception {
        Loopback.Setup longest = socket -> socket.setOption(SrtOptions.SRTO_LATENCY, 65535);
        try (Loopback loopback = Loopback.connect(Loopback.V4, s -> {}, longest)) {
            assertThat(loopback.accepted().getOption(SrtOptions.SRTO_RCVLATENCY))
                    .isEqualTo(65535);
        }
    }

    @Test
    void countsWhatItCarried() throws Exception {
        int packets = 25;
        try (Loopback loopback = Loopback.connect()) {
            for (int i = 0; i < packets; i++) {
                Loopback.send(loopback.caller(), MESSAGE);
                assertThat(Loopback.receive(loopback.accepted())).isEqualTo(MESSAGE);
            }
            SrtStatistics sent = loopback.caller().statistics(false);
            SrtStatistics received = loopback.accepted().statistics(true);
            assertThat(sent.asLong(SrtStatistic.PKT_SENT_UNIQUE_TOTAL)).isEqualTo(packets);
            assertThat(received.asLong(SrtStatistic.PKT_RECV_UNIQUE)).isEqualTo(packets);
            assertThat(received.asLong(SrtStatistic.MS_RCV_TSB_PD_DELAY)).isEqualTo(20);
            assertThat(received.rttMillis()).isBetween(0.001, 60_000.0);
            assertThat(received.toString()).contains("pktRecvUniqueTotal=" + packets + ",");
            SrtStatistics cleared = loopback.accepted().statistics(false);
            assertThat(cleared.asLong(SrtStatistic.PKT_RECV_UNIQUE)).isZero();
            assertThat(cleared.asLong(SrtStatistic.PKT_RECV_UNIQUE_TOTAL)).isEqualTo(packets);
        }
    }

    @Test
    void hasNoStatistics_whileUnconnected() throws Exception {
        SrtSocket socket = SrtSocket.create();
        assertThat(socket.statistics(false)).isNull();
        socket.close();
    }

    private static void assertFails(SrtError error, String function, ThrowingCallable call) {
        SrtException failure = catchThrowableOfType(SrtException.class, call);
        assertThat(failure).as(function).isNotNull();
        assertThat(failure.function()).isEqualTo(function);
        assertThat(failure.error()).as(failure.getMessage()).isEqualTo(error);
    }

    private static boolean isUsable(String host) {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(host, 0))) {
            return probe.isBound();
        } catch (SocketException e) {
            return false;
        }
    }
}
