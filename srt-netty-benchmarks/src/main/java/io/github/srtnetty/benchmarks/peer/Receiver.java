// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Receives, and prints how much arrived in the measured time; see {@code bench.c}. The number of loops is {@code
 * -Dloops}.
 */
public final class Receiver {
    private static final int MAX_SAMPLES = 4_000_000;
    private static final int STREAM_BUFFER = 65536;

    private final LongAdder bytes = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final long[] samples = new long[MAX_SAMPLES];
    private final AtomicInteger sampleCount = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private volatile boolean measuring;

    private Receiver() {}

    /** Runs one. */
    public static void main(String[] args) throws InterruptedException {
        new Receiver().run(Arguments.parse(args));
        System.exit(0);
    }

    private void run(Arguments arguments) throws InterruptedException {
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(Integer.getInteger("loops", 1), SrtIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .childHandler(arguments.live() ? new LiveHandler() : new StreamHandler());
        if (!arguments.live()) {
            bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(STREAM_BUFFER));
        }
        arguments.applyTo(bootstrap);
        bootstrap.bind(arguments.address()).sync();
        first.await();
        park(arguments.fifth());
        bytes.reset();
        packets.reset();
        measuring = true;
        long start = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long allocated = allocatedBytes();
        park(arguments.sixth());
        report(System.nanoTime() - start, system.getProcessCpuTime() - cpu, allocatedBytes() - allocated);
    }

    private void report(long nanos, long cpuNanos, long allocated) {
        int count = Math.min(sampleCount.get(), MAX_SAMPLES);
        long received = packets.sum();
        Arrays.sort(samples, 0, count);
        System.out.printf(
                Locale.ROOT,
                "bytes %d packets %d seconds %.3f cpu %.3f p50us %d p99us %d heapPerPacket %.1f%n",
                bytes.sum(),
                received,
                nanos / 1e9,
                cpuNanos / 1e9,
                count == 0 ? 0 : samples[count / 2] / 1000,
                count == 0 ? 0 : samples[(int) (count * 99L / 100)] / 1000,
                received == 0 ? 0 : (double) allocated / received);
    }

    /** Returns all that the loops and the poller have allocated on the heap. */
    private long allocatedBytes() {
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(allocated -> allocated > 0)
                .sum();
    }

    private static void park(double seconds) {
        long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Sharable
    private final class LiveHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf payload = (ByteBuf) msg;
            first.countDown();
            bytes.add(payload.readableBytes());
            packets.increment();
            if (measuring) {
                int index = sampleCount.getAndIncrement();
                if (index < MAX_SAMPLES) {
                    samples[index] = System.nanoTime() - payload.getLongLE(0);
                }
            }
            payload.release();
        }
    }

    @Sharable
    private final class StreamHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf piece = (ByteBuf) msg;
            first.countDown();
            bytes.add(piece.readableBytes());
            packets.increment();
            piece.release();
        }
    }
}
