// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks;

import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.json.ThreefiveJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
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
 * From bytes to cues: a whole stream (an operation is a byte, so 1E9 is 1 GB/s), and one cue at a time (cues a second).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Scte35Benchmark {
    private final ReceiveBuffer[] datagrams = new ReceiveBuffer[CueStream.DATAGRAMS];
    private final CountCues cues = new CountCues();
    private final ChannelPipeline pipeline =
            new EmbeddedChannel(new TsPacketDecoder(), new Scte35Handler(), cues).pipeline();
    private final SpliceInfoSection section = CueStream.timeSignal();
    private final ByteBuf coded = Unpooled.wrappedBuffer(section.bytes().toArray());

    /** Makes the datagrams, and checks that the pipeline finds their cues. */
    @Setup
    public void fill() {
        byte[] stream = CueStream.bytes();
        for (int i = 0; i < datagrams.length; i++) {
            byte[] datagram = new byte[CueStream.DATAGRAM];
            System.arraycopy(stream, i * CueStream.DATAGRAM, datagram, 0, CueStream.DATAGRAM);
            datagrams[i] = new ReceiveBuffer(datagram);
        }
        if (demux() != CueStream.CUES || demux() != 2 * CueStream.CUES) {
            throw new IllegalStateException("cues found in two rounds: " + cues.count);
        }
    }

    /** Datagrams to packets to PAT, PMT and cues, in a pipeline. */
    @Benchmark
    @OperationsPerInvocation(CueStream.BYTES)
    public long demux() {
        for (ReceiveBuffer datagram : datagrams) {
            pipeline.fireChannelRead(datagram.renew().setIndex(0, CueStream.DATAGRAM));
        }
        return cues.count;
    }

    /** Decodes a time_signal with one segmentation_descriptor, CRC checked. */
    @Benchmark
    public SpliceInfoSection decodeTimeSignal() {
        return SpliceInfoSection.decode(coded);
    }

    /** Builds the same cue anew from its values. */
    @Benchmark
    public SpliceInfoSection buildTimeSignal() {
        return section.toBuilder().build();
    }

    /** Prints the same cue as JSON. */
    @Benchmark
    public String printTimeSignal() {
        return new ThreefiveJson().toJson(section);
    }

    private static final class CountCues extends ChannelInboundHandlerAdapter {
        private long count;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof Scte35Cue) {
                count++;
            } else {
                ReferenceCountUtil.release(msg);
            }
        }
    }
}
