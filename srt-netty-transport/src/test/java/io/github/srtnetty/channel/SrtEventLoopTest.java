// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SrtEventLoopTest {
    private final Loopback loopback = new Loopback(1);

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void runsATaskOfAnotherThreadWithinAMillisecond() throws Exception {
        ExecutorService plain = Executors.newSingleThreadExecutor();
        long[] ofLoop = new long[101];
        long[] ofPlain = new long[ofLoop.length];
        for (int i = 0; i < ofLoop.length; i++) {
            ofLoop[i] = delay(loopback.group().next());
            ofPlain[i] = delay(plain);
        }
        plain.shutdown();

        // a lost wake-up would delay all, a busy machine delays some, and those of any thread
        assertThat(firstDecile(ofLoop) - firstDecile(ofPlain))
                .as("ns that the loop is later than a plain thread")
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static long delay(ExecutorService executor) throws Exception {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // so that its thread is parked again
        long submitted = System.nanoTime();
        return executor.submit(System::nanoTime).get() - submitted;
    }

    private static long firstDecile(long[] delays) {
        Arrays.sort(delays);
        return delays[delays.length / 10];
    }

    @Test
    void aChannelReachesItsRegistrationThroughTheWrapperOfTheLoop() throws Exception {
        SrtChannel channel = new SrtChannel();
        IoRegistration wrapper = ((IoEventLoop) loopback.group().next())
                .register((SrtIoHandle) channel.unsafe())
                .get();
        Object own = wrapper.attachment();

        assertThat(own).isInstanceOf(SrtIoRegistration.class);
        wrapper.cancel();
        channel.unsafe().closeForcibly();
    }

    @Test
    void runsAScheduledTaskWhenItIsDueAndNotBefore() throws Exception {
        EventLoop loop = loopback.group().next();
        long start = System.nanoTime();

        long ran = loop.schedule(System::nanoTime, 50, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);

        assertThat(TimeUnit.NANOSECONDS.toMillis(ran - start)).isGreaterThanOrEqualTo(49);
    }

    @Test
    void anExceptionInOneHandlerHarmsNoOtherChannel() throws InterruptedException {
        AtomicReference<Throwable> caught = new AtomicReference<>();
        AtomicBoolean first = new AtomicBoolean(true);
        Recorder healthy = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(first.getAndSet(false) ? broken(caught) : healthy));
        SrtChannel toBroken = loopback.connect(new ChannelInboundHandlerAdapter());
        loopback.accepted();
        SrtChannel toHealthy = loopback.connect(new ChannelInboundHandlerAdapter());

        toBroken.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync();
        Await.until("the failure", () -> caught.get() != null);
        toHealthy.writeAndFlush(Unpooled.wrappedBuffer(new byte[20])).sync();

        healthy.awaitMessages(1);
        assertThat(caught.get()).hasMessage("thrown on purpose");
        assertThat(toBroken.isActive()).isTrue();
    }

    @Test
    void tenSilentConnectionsCostLittle() throws Exception {
        ChildJvm.Result result = ChildJvm.run(IdleProgram.class);

        assertThat(result.output()).startsWith("percent ");
        assertThat(Double.parseDouble(result.output().substring("percent ".length())))
                .as("percent of one core, Java's threads alone")
                .isBetween(0.01, 2.0);
    }

    private static ChannelInboundHandlerAdapter broken(AtomicReference<Throwable> caught) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ReferenceCountUtil.release(msg);
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                caught.set(cause);
            }
        };
    }
}
