// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks;

import io.github.srtnetty.codec.mpegts.ContinuityChecker;
import io.github.srtnetty.codec.mpegts.ContinuityHandler;
import io.github.srtnetty.codec.mpegts.PsiHandler;
import io.github.srtnetty.codec.mpegts.Tr101290Analyzer;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPacketSplitter;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Splits datagrams of 1316 bytes into packets and checks continuity. An operation is a byte, so a score of 4E9 is 4
 * GB/s, and {@code -prof gc} gives the bytes allocated for each byte of stream.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(TsStream.BYTES)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TsBenchmark {
    private static final ContinuityChecker.LossListener NO_LISTENER = (packet, packetIndex) -> {};

    private final byte[][] arrays = new byte[TsStream.DATAGRAMS][TsStream.DATAGRAM];
    private final ReceiveBuffer[] timedDatagrams = new ReceiveBuffer[TsStream.DATAGRAMS];
    private final ReceiveBuffer[] datagrams = new ReceiveBuffer[TsStream.DATAGRAMS];
    private final BareLoop bareLoop = new BareLoop();
    private final ContinuityChecker checker = new ContinuityChecker();
    private final TsPacket packet = new TsPacket();
    private final ChannelPipeline batches = pipeline(new TsPacketDecoder(), new ContinuityHandler());
    private final ChannelPipeline packets =
            pipeline(new TsPacketDecoder(), new ContinuityHandler(), new TsPacketSplitter());
    private final ChannelPipeline tables = pipeline(new TsPacketDecoder(), new ContinuityHandler(), new PsiHandler());

    private final ChannelPipeline analysis =
            pipeline(new TsPacketDecoder(), new ContinuityHandler(), new PsiHandler(), new Tr101290Analyzer());

    /** Makes the datagrams, in arrays and in direct buffers. */
    @Setup
    public void fill() {
        byte[] stream = TsStream.bytes();
        byte[] timed = TsStream.bytesWithClock();
        for (int i = 0; i < datagrams.length; i++) {
            System.arraycopy(stream, i * TsStream.DATAGRAM, arrays[i], 0, TsStream.DATAGRAM);
            datagrams[i] = new ReceiveBuffer(arrays[i]);
            int from = i * TsStream.DATAGRAM;
            timedDatagrams[i] = new ReceiveBuffer(Arrays.copyOfRange(timed, from, from + TsStream.DATAGRAM));
        }
    }

    /** Measures the yardstick: the same rules on bare arrays, no buffers, no handlers. */
    @Benchmark
    public long bareArray() {
        for (byte[] array : arrays) {
            bareLoop.check(array);
        }
        return bareLoop.lostPackets();
    }

    /** Measures the batch view without a pipeline, walked with a cursor. */
    @Benchmark
    public long cursorView() {
        for (ReceiveBuffer datagram : datagrams) {
            TsPackets batch = TsPackets.of(datagram);
            for (int i = 0; i < batch.count(); i++) {
                checker.check(packet.wrap(batch, i));
            }
        }
        return checker.lostPackets();
    }

    /** Measures the batch view without a pipeline: sync bytes, then continuity, the buffers kept by the benchmark. */
    @Benchmark
    public long batchView() {
        for (ReceiveBuffer datagram : datagrams) {
            checker.check(TsPackets.of(datagram), NO_LISTENER);
        }
        return checker.lostPackets();
    }

    /** Measures decoder and continuity handler in a pipeline. */
    @Benchmark
    public void batchPipeline() {
        fire(batches, datagrams);
    }

    /** Measures the same, then packet by packet. */
    @Benchmark
    public void packetPipeline() {
        fire(packets, datagrams);
    }

    /** Measures decoder, continuity and tables in a pipeline. */
    @Benchmark
    public void tablesPipeline() {
        fire(tables, datagrams);
    }

    /** Does the same as {@link #tablesPipeline}, of a stream with a clock. */
    @Benchmark
    public void timedTablesPipeline() {
        fire(tables, timedDatagrams);
    }

    /** Measures the same, then the checks of TR 101 290. */
    @Benchmark
    public void analysisPipeline() {
        fire(analysis, timedDatagrams);
    }

    private static void fire(ChannelPipeline pipeline, ReceiveBuffer[] datagrams) {
        for (ReceiveBuffer datagram : datagrams) {
            pipeline.fireChannelRead(datagram.renew());
        }
    }

    private static ChannelPipeline pipeline(ChannelHandler... handlers) {
        return new EmbeddedChannel(handlers).pipeline().addLast(new Release());
    }

    private static final class Release extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }
    }
}
