// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.traffic.AbstractTrafficShapingHandler;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Netty's TrafficShapingHandlerTest, which initializes a SocketChannel. What shapes holds writes back by timers, or
 * switches auto-read off and on again: nothing may be lost or reordered, and it takes as long as the rate says.
 */
@Tag(SrtSocketTestPermutation.TAG)
class SrtTrafficShapingHandlerTest {
    private static final long CHECK_MILLIS = 100;
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 20;
    private static final long BYTES_PER_SECOND = 40L * BLOCK;
    /** Half of what it takes at the rate: the first check interval and the last block are free. */
    private static final Duration AT_LEAST = Duration.ofMillis(250);

    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();
    private final byte[] data = new byte[BLOCK * BLOCKS];

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shapedWritesArriveCompleteAndNoFasterThanTheRate(boolean global) {
        AbstractTrafficShapingHandler shaper = shaper(global, BYTES_PER_SECOND, 0);
        loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);

        assertThat(transfer(shaper)).isGreaterThan(AT_LEAST);
        release(shaper);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shapedReadsArriveCompleteAndNoFasterThanTheRate(boolean global) {
        AbstractTrafficShapingHandler shaper = shaper(global, 0, BYTES_PER_SECOND);
        loopback.listen(channel -> channel.pipeline().addLast(shaper, received), b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BLOCK));
        });

        assertThat(transfer(new ChannelInboundHandlerAdapter())).isGreaterThan(AT_LEAST);
        release(shaper);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void switchingAutoReadWhileReadsAreShapedLosesNothing(boolean global) throws InterruptedException {
        AbstractTrafficShapingHandler shaper = shaper(global, 0, BYTES_PER_SECOND);
        loopback.listen(channel -> channel.pipeline().addLast(shaper, received), StreamMode::set);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        SrtChannel accepted = loopback.accepted();
        new Random(4).nextBytes(data);

        caller.writeAndFlush(Unpooled.wrappedBuffer(data));
        boolean[] on = {true};
        Await.until("all bytes", () -> {
            on[0] = !on[0];
            accepted.config().setAutoRead(on[0]);
            return receivedBytes().length == data.length;
        });

        assertThat(receivedBytes()).isEqualTo(data);
        release(shaper);
    }

    private Duration transfer(ChannelHandler callersHandler) {
        new Random(4).nextBytes(data);
        long start = System.nanoTime(); // the shaper lets pass what the time since it was added allows
        SrtChannel caller = loopback.connect(callersHandler, StreamMode::set);
        for (int i = 0; i < BLOCKS; i++) {
            caller.write(Unpooled.wrappedBuffer(data, i * BLOCK, BLOCK));
        }
        caller.flush();
        Await.until("all bytes", () -> receivedBytes().length == data.length);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(receivedBytes()).isEqualTo(data);
        return took;
    }

    private AbstractTrafficShapingHandler shaper(boolean global, long writeLimit, long readLimit) {
        return global
                ? new GlobalTrafficShapingHandler(loopback.group(), writeLimit, readLimit, CHECK_MILLIS)
                : new ChannelTrafficShapingHandler(writeLimit, readLimit, CHECK_MILLIS);
    }

    private static void release(AbstractTrafficShapingHandler shaper) {
        if (shaper instanceof GlobalTrafficShapingHandler global) {
            global.release();
        }
    }

    private byte[] receivedBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        received.messages().forEach(all::writeBytes);
        return all.toByteArray();
    }
}
