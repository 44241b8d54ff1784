// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outcomes of a connect, without libsrt and without a channel of this library. */
class SrtConnectorOutcomeTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);
    private static final int LIMIT_MILLIS = 3000;
    /** What the connector adds to it. */
    private static final int GRACE_MILLIS = 2000;

    private final FakeLoop loop = new FakeLoop();
    private final FakeSocket socket = new FakeSocket();
    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final CloseReasonTracker reasons = new CloseReasonTracker();
    private final ChannelPromise promise = channel.newPromise();
    private final SrtConnector connector =
            new SrtConnector(socket, loop, channel.pipeline(), reasons, events::add, () -> events.add("close"));

    @BeforeEach
    void recordActive() {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                events.add(promise.isSuccess() ? "active after success" : "active");
            }
        });
        socket.state = SrtSocketState.INIT;
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void isActiveOnceTheSocketIsConnected() throws Exception {
        connect();
        socket.state = SrtSocketState.CONNECTED;

        connector.finish();

        assertThat(events).containsExactly(REMOTE, "active after success");
        assertThat(socket.connectedTo).isEqualTo(REMOTE);
        assertThat(loop.timers()).isZero();
        assertThatThrownBy(connector::requireUnused).isInstanceOf(AlreadyConnectedException.class);
    }

    @Test
    void waitsOn_whileABrokenSocketHasNoReason() throws Exception {
        connect();
        socket.state = SrtSocketState.BROKEN;
        socket.reportsBreak = false;

        connector.finish();

        assertThat(connector.isPending()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void succeeds_whenThePeerHasClosedTheConnectionAlready() throws Exception {
        connect();
        socket.state = SrtSocketState.BROKEN;

        connector.finish();

        assertThat(promise.isSuccess()).isTrue();
        assertThat(events).containsExactly(REMOTE, "active after success");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSING", "CLOSED", "NONEXIST"})
    void succeeds_whenLibsrtHasTakenAwayAConnectionThatThePeerClosed(SrtSocketState state) throws Exception {
        connect();
        socket.state = state;

        connector.finish();

        assertThat(promise.isSuccess()).isTrue();
        assertThat(events).containsExactly(REMOTE, "active after success");
    }

    @Test
    void fails_whenTheSocketWasClosedHere() throws Exception {
        connect();
        socket.state = SrtSocketState.CLOSED;
        socket.closed = true;

        connector.finish();

        assertThat(promise.cause()).isInstanceOf(ConnectException.class);
        assertThat(events).containsExactly("close");
    }

    @Test
    void failsAndCloses_whenThePeerRejects() throws Exception {
        connect();
        socket.state = SrtSocketState.BROKEN;
        socket.rejectReason = SrtRejectReason.UNSECURE;

        connector.finish();

        assertThat(promise.cause()).isInstanceOf(SrtRejectedException.class);
        assertThat(events).containsExactly("close");
        assertThat(reasons.reason()).isSameAs(SrtCloseReason.REJECTED);
    }

    @Test
    void timesOut_whenLibsrtDoesNotEndTheConnect() throws Exception {
        connect();
        socket.state = SrtSocketState.CONNECTING;
        loop.passMillis(LIMIT_MILLIS + GRACE_MILLIS - 1);
        assertThat(promise.isDone()).isFalse();

        loop.passMillis(1);

        assertThat(promise.cause()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(reasons.reason()).isSameAs(SrtCloseReason.CONNECT_TIMEOUT);
    }

    @Test
    void failsWithTheChannel() throws Exception {
        connect();

        connector.closed();

        assertThat(promise.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(loop.timers()).isZero();
    }

    @Test
    void closesTheChannel_whenItIsCancelled() throws Exception {
        connect();

        promise.cancel(false);

        assertThat(connector.isPending()).isFalse();
        assertThat(events).containsExactly("close");
    }

    @Test
    void rejectsASecondConnect_whileTheFirstIsPending() throws Exception {
        connect();

        assertThatThrownBy(this::connect).isInstanceOf(ConnectionPendingException.class);
    }

    private void connect() throws IOException {
        connector.connect(REMOTE, LIMIT_MILLIS, promise);
    }
}
