// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cue;

import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.BandwidthReservation;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.codec.scte35.Scte35Options;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the cues of SCTE-35 in payloads of MPEG-TS, with the handlers of the codec. A cue that is repeated is found
 * once; heartbeats are left out. One thread.
 */
public final class CueFinder implements AutoCloseable {
    /** Limits of programs and PIDs, which take about 1 MB, because a publisher may send anything. */
    private static final Scte35Options OPTIONS =
            Scte35Options.DEFAULT.withMaxPrograms(64).withMaxSplicePids(32).withDeduplication(Duration.ofSeconds(60));

    private static final Logger LOGGER = LoggerFactory.getLogger(CueFinder.class);

    private final EmbeddedChannel pipeline;

    /** Calls a listener with each cue, from within {@link #payload}. */
    public CueFinder(Consumer<Scte35Cue> listener) {
        pipeline = new EmbeddedChannel(new TsPacketDecoder(), new Scte35Handler(OPTIONS), new Found(listener));
    }

    /** Takes over a payload and releases it. Never throws: data that is not MPEG-TS has no cues. */
    public void payload(ByteBuf payload) {
        pipeline.pipeline().fireChannelRead(payload);
    }

    @Override
    public void close() {
        pipeline.finishAndReleaseAll();
    }

    private static final class Found extends ChannelInboundHandlerAdapter {
        private final Consumer<Scte35Cue> listener;
        private boolean failed;

        Found(Consumer<Scte35Cue> listener) {
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (!(msg instanceof Scte35Cue cue)) {
                ReferenceCountUtil.release(msg);
            } else if (!isHeartbeat(cue)) {
                listener.accept(cue);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!failed) {
                failed = true;
                LOGGER.warn("cues of a stream may be missing", cause);
            }
        }

        private static boolean isHeartbeat(Scte35Cue cue) {
            return cue.section().command() instanceof SpliceNull
                    || cue.section().command() instanceof BandwidthReservation;
        }
    }
}
