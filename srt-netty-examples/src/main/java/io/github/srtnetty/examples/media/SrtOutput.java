// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtMessage;
import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.OnePeer;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes to SRT, a message for each payload; one that is longer than a packet is cut. The queue is Netty's: once it
 * holds {@link Output#QUEUE_BYTES} payloads are dropped until it is down to half.
 */
final class SrtOutput implements Output, Connection {
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int LONGEST_BY_DEFAULT = 1316; // of libsrt
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES);

    private final SrtLink link;
    private final int longestPayload;
    private final AtomicLong dropped = new AtomicLong();
    private volatile long connectedMicros;

    SrtOutput(SrtUri uri, EventLoopGroup group, MediaOptions options) {
        SrtUri allowing = allowingFullPackets(uri);
        link = new SrtLink(allowing, group, options.once());
        Integer limit = allowing.option(SrtChannelOption.SRTO_PAYLOADSIZE);
        int longest = hasFilter(uri) ? LONGEST_BY_DEFAULT : LONGEST_PAYLOAD;
        longestPayload = limit == null || limit == 0 ? longest : limit;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        link.open(channel -> {
            channel.config().setWriteBufferWaterMark(QUEUE).setMessageSizeEstimator(QueueCost.ESTIMATOR);
            channel.pipeline().addLast(new Writer());
        });
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        SrtChannel channel = link.channel();
        if (channel == null || !channel.isWritable()) {
            payload.release();
            dropped.incrementAndGet();
            return;
        }
        long time = sourceTimeMicros < connectedMicros ? NO_TIME : sourceTimeMicros; // libsrt refuses earlier ones
        if (payload.readableBytes() <= longestPayload) {
            write(channel, payload, time);
            return;
        }
        while (payload.isReadable()) {
            write(channel, payload.readBytes(Math.min(longestPayload, payload.readableBytes())), time); // a copy
        }
        payload.release();
    }

    @Override
    public void burstEnded() {
        SrtChannel channel = link.channel();
        if (channel != null) {
            channel.flush();
        }
    }

    @Override
    public CompletableFuture<Void> ready() {
        return link.ready();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return link.ended();
    }

    @Override
    public boolean hasRoom() {
        SrtChannel channel = link.channel();
        return channel != null && channel.isWritable();
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public @Nullable SrtChannel channel() {
        return link.channel();
    }

    @Override
    public CompletableFuture<Void> finish() {
        return link.finish();
    }

    private static void write(SrtChannel channel, ByteBuf payload, long time) {
        channel.write(
                time == NO_TIME ? payload : new SrtMessage(payload, time, SrtMessage.NO_LIMIT, false),
                channel.voidPromise());
    }

    /** Inputs may have payloads of a full packet, which libsrt lets pass only where it is told so. */
    private static SrtUri allowingFullPackets(SrtUri uri) {
        boolean isSet = uri.option(SrtChannelOption.SRTO_PAYLOADSIZE) != null;
        boolean isFile = uri.option(SrtChannelOption.SRTO_TRANSTYPE) == SrtTransmissionType.FILE;
        return isSet || isFile || hasFilter(uri) ? uri : uri.with(SrtChannelOption.SRTO_PAYLOADSIZE, LONGEST_PAYLOAD);
    }

    /** A packet filter's header needs room, too. */
    private static boolean hasFilter(SrtUri uri) {
        return uri.option(SrtChannelOption.SRTO_PACKETFILTER) != null;
    }

    private final class Writer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connectedMicros = Srt.timeNowMicros();
            ctx.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg); // an output is sent nothing that it could use
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            SrtChannel channel = (SrtChannel) ctx.channel();
            if (cause instanceof ClosedChannelException) {
                dropped.incrementAndGet(); // a payload that still waited for room when the connection ended
            } else if (channel.isActive()) {
                System.err.println("srt-netty: " + OnePeer.peer(channel) + ": " + Failures.describe(cause));
            }
        }
    }
}
