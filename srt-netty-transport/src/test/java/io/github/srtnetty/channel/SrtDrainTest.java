// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a close waits for its peer. */
class SrtDrainTest {
    private static final int MESSAGES = 5;
    private static final int ONE_WAY_MILLIS = 500;
    private static final int MARGIN_MILLIS = 100;

    private static final int LATENCY_MILLIS = 120;
    private static final int LIMIT_MILLIS = 1000;
    private static final int CONNECT_MILLIS = 30;
    private static final int IDLE_MILLIS = 5000;
    private static final int LONG_MILLIS = 180_000;

    private final FakeLoop loop = new FakeLoop();
    private final FakeSocket socket = new FakeSocket();
    private final CloseReasonTracker reasons = new CloseReasonTracker();
    private int closes;
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() throws Exception {
        loopback.close();
    }

    @Tag("slow")
    @Test
    void aPeerThatStoodStillHasAMomentToPlayOnceItHasAcknowledged() throws IOException, InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtDrainTest::dropNothing);
        try (UdpProxy proxy = new UdpProxy(loopback.address(), 1).start()) {
            SrtChannel caller =
                    (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), SrtDrainTest::dropNothing)
                            .option(ChannelOption.SO_LINGER, 30)
                            .connect(proxy.address())
                            .sync()
                            .channel();
            proxy.delaying(ONE_WAY_MILLIS);
            long start = System.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).sync();
            }

            caller.close().sync();

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(2 * ONE_WAY_MILLIS + MARGIN_MILLIS));
        }
        received.awaitMessages(MESSAGES);
    }

    @Test
    void closesAtOnce_whereNothingWasSentLately() {
        assertThat(drain(loop.nanoTime() - TimeUnit.HOURS.toNanos(1)).isFinished())
                .isTrue();
    }

    @Test
    void waitsUntilThePeerHadTimeToPlay() {
        drain(loop.nanoTime()).execute(() -> closes++);

        loop.passMillis(LATENCY_MILLIS + MARGIN_MILLIS + CONNECT_MILLIS - 1);
        assertThat(closes).isZero();
        loop.passMillis(1);

        assertThat(closes).isOne();
    }

    @Test
    void waitsUntilAllIsAcknowledged_andAMomentLonger() {
        socket.unacknowledged = 1;
        drain(loop.nanoTime()).execute(() -> closes++);
        loop.passMillis(LIMIT_MILLIS / 2);
        assertThat(closes).isZero();

        socket.unacknowledged = 0;
        loop.passMillis(1);
        loop.passMillis(MARGIN_MILLIS - 1);
        assertThat(closes).isZero();
        loop.passMillis(1);

        assertThat(closes).isOne();
    }

    @Test
    void closesAtItsLimit_whateverIsUnacknowledged() {
        socket.unacknowledged = 1;
        drain(loop.nanoTime()).execute(() -> closes++);

        loop.passMillis(LIMIT_MILLIS - 1);
        assertThat(closes).isZero();
        loop.passMillis(1);

        assertThat(closes).isOne();
    }

    @Test
    void closesOnceTheConnectionIsBroken() {
        reasons.connected(loop.nanoTime(), true);
        socket.unacknowledged = 1;
        drain(loop.nanoTime()).execute(() -> closes++);

        socket.state = SrtSocketState.BROKEN;
        loop.passMillis(1);

        assertThat(closes).isOne();
        assertThat(reasons.reason()).isEqualTo(SrtCloseReason.LOCAL); // a peer that has just been there has closed
    }

    @Test
    void notesThatThePeerFellSilent_whereItHasNotAcknowledgedAll() {
        reasons.connected(loop.nanoTime(), true);
        socket.unacknowledged = 2;
        drain(loop.nanoTime(), 0, LONG_MILLIS).execute(() -> closes++);
        loop.passMillis(1000);
        socket.unacknowledged = 1; // the last sign of it
        loop.passMillis(IDLE_MILLIS);

        socket.state = SrtSocketState.BROKEN;
        loop.passMillis(1);

        assertThat(closes).isOne();
        assertThat(reasons.reason()).isEqualTo(SrtCloseReason.IDLE_TIMEOUT);
    }

    @Test
    void notesNoSilence_whereThePeerHadAcknowledgedAll() {
        reasons.connected(loop.nanoTime(), true);
        drain(loop.nanoTime() + TimeUnit.HOURS.toNanos(1), 0, LONG_MILLIS).execute(() -> closes++);
        loop.passMillis(IDLE_MILLIS);

        socket.state = SrtSocketState.BROKEN;
        loop.passMillis(TimeUnit.HOURS.toMillis(1));

        assertThat(closes).isOne();
        assertThat(reasons.reason()).isEqualTo(SrtCloseReason.LOCAL);
    }

    @Test
    void closesOnce_whenItIsCutShort() {
        socket.unacknowledged = 1;
        SrtDrain drain = drain(loop.nanoTime());
        drain.execute(() -> closes++);

        drain.finishNow();
        loop.passMillis(LIMIT_MILLIS);

        assertThat(closes).isOne();
    }

    @Test
    void closesAtOnce_whenTheLoopTakesNoTimers() {
        socket.unacknowledged = 1;
        loop.ended = true;

        drain(loop.nanoTime()).execute(() -> closes++);

        assertThat(closes).isOne();
    }

    private SrtDrain drain(long lastSendNanos) {
        long connectNanos = TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        return drain(lastSendNanos, connectNanos, LIMIT_MILLIS);
    }

    private SrtDrain drain(long lastSendNanos, long connectNanos, long limitMillis) {
        SrtNegotiated negotiated = ConnectionParameters.live(LATENCY_MILLIS);
        return new SrtDrain(socket, loop, reasons, negotiated, lastSendNanos, connectNanos, limitMillis);
    }

    private static void dropNothing(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_LATENCY, 20);
        bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false);
    }
}
