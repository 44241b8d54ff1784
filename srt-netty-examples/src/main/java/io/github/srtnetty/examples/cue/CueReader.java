// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.mpegts.RtpDecoder;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.github.srtnetty.codec.scte35.Scte35Cue;
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
 * Finds the cues in the payloads of a source, with the handlers of a pipeline. Reports faults on standard error,
 * each kind once per PID.
 */
final class CueReader implements Intake, AutoCloseable {
    private final EmbeddedChannel pipeline;
    private final StreamSummary summary;

    CueReader(RtpDecoder rtp, Scte35Options options, Consumer<Scte35Cue> listener) {
        TsPacketDecoder packets = TsPacketDecoder.detecting();
        Scte35Handler cues = new Scte35Handler(options);
        summary = new StreamSummary(rtp, packets, cues);
        pipeline = new EmbeddedChannel(rtp, packets, cues, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                if (msg instanceof Scte35Cue cue) {
                    summary.cue();
                    listener.accept(cue);
                } else {
                    if (msg instanceof TsPackets) {
                        summary.look();
                    }
                    ReferenceCountUtil.release(msg);
                }
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                summary.event(event);
            }
        });
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        pipeline.writeInbound(payload);
    }

    /** Returns the summary, which is complete after {@link #finish}. */
    StreamSummary summary() {
        return summary;
    }

    /** Processes the bytes held back to detect the packet size. Call only after the last payload. */
    void finish() {
        pipeline.finishAndReleaseAll();
    }

    @Override
    public void close() {
        finish();
    }
}
