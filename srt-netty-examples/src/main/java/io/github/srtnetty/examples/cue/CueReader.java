// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Failure;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.codec.scte35.Scte35Options;
import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * Finds the cues in the payloads of a source, with the handlers of a pipeline. Reports on standard error what is no
 * cue.
 */
final class CueReader implements Intake, AutoCloseable {
    private final EmbeddedChannel pipeline;
    private volatile boolean seenPackets;

    CueReader(Scte35Options options, Consumer<Scte35Cue> listener) {
        pipeline = new EmbeddedChannel(
                new TsPacketDecoder(), new Scte35Handler(options), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        if (msg instanceof Scte35Cue cue) {
                            listener.accept(cue);
                        } else {
                            seenPackets = true;
                            ReferenceCountUtil.release(msg);
                        }
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event instanceof Scte35Failure failure) {
                            System.err.printf(
                                    "srt-netty: PID 0x%x, packet %d: %s%n",
                                    failure.pid(),
                                    failure.packetIndex(),
                                    failure.cause().getMessage());
                        }
                    }
                });
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        pipeline.writeInbound(payload);
    }

    /** Returns whether there was any packet of a transport stream. */
    boolean hasSeenPackets() {
        return seenPackets;
    }

    /** Takes what was held back to find the packets. Only when nothing is given to it any more. */
    void finish() {
        pipeline.finishAndReleaseAll();
    }

    @Override
    public void close() {
        finish();
    }
}
