// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtMessage;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.relay.stream.ChannelSender;
import io.github.srtnetty.relay.stream.SendQueue;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes to SRT, a message for each payload; one that is longer than a packet is cut. Each connection has a queue
 * of its own; payloads that still wait when it ends are dropped.
 */
final class SrtSink implements MediaSink, SrtMedium {
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int LONGEST_BY_DEFAULT = 1316; // of libsrt

    private final SrtLink link;
    private final int longestPayload;
    private final TrafficCounters counters = new TrafficCounters(null);
    private volatile @Nullable Writer writer;

    SrtSink(SrtUri uri, EventLoopGroup group, MediaOptions options) {
        SrtUri allowing = allowingFullPackets(uri);
        link = new SrtLink(allowing, group, options.once()).closer(this::finish);
        Integer limit = allowing.option(SrtChannelOption.SRTO_PAYLOADSIZE);
        int longest = hasFilter(uri) ? LONGEST_BY_DEFAULT : LONGEST_PAYLOAD;
        longestPayload = limit == null || limit == 0 ? longest : limit;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        link.open(channel -> channel.pipeline().addLast(new Writer(channel)));
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        Writer current = writer;
        if (current == null) {
            counters.dropped(payload.readableBytes());
            payload.release();
        } else {
            current.sender.payload(payload, sourceTimeMicros);
        }
    }

    @Override
    public void flush() {
        Writer current = writer;
        if (current != null) {
            current.sender.flush();
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
        Writer current = writer;
        return current != null && current.queue.hasRoom();
    }

    @Override
    public long dropped() {
        return counters.droppedPackets.sum();
    }

    @Override
    public @Nullable SrtChannel channel() {
        return link.channel();
    }

    @Override
    public CompletableFuture<Void> finish() {
        return link.finish();
    }

    private void finish(SrtChannel channel) {
        Writer last = channel.pipeline().get(Writer.class);
        if (last == null) {
            channel.close();
        } else {
            last.sender.finish();
        }
    }

    /** Sources may have payloads of a full packet, which libsrt sends only with this option. */
    private static SrtUri allowingFullPackets(SrtUri uri) {
        boolean isSet = uri.option(SrtChannelOption.SRTO_PAYLOADSIZE) != null;
        boolean isFile = uri.option(SrtChannelOption.SRTO_TRANSTYPE) == SrtTransmissionType.FILE;
        return isSet || isFile || hasFilter(uri) ? uri : uri.with(SrtChannelOption.SRTO_PAYLOADSIZE, LONGEST_PAYLOAD);
    }

    // A packet filter's header needs room, too.
    private static boolean hasFilter(SrtUri uri) {
        return uri.option(SrtChannelOption.SRTO_PACKETFILTER) != null;
    }

    /** Sends the payloads over one connection. */
    private final class Writer extends ChannelInboundHandlerAdapter {
        private final SrtChannel channel;
        private final SendQueue queue = new SendQueue(CHANNEL_QUEUE, counters);
        private final ChannelSender sender;
        private long connectedMicros; // on the event loop
        private boolean reported; // on the event loop

        Writer(SrtChannel channel) {
            this.channel = channel;
            sender = new ChannelSender(channel, queue, this::write, channel::close);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connectedMicros = Srt.timeNowMicros();
            writer = this;
            channel.closeFuture().addListener(closed -> queue.close());
            ctx.fireChannelActive();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            sender.send();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg); // a sink is sent nothing that it could use
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (writer == this) { // the next one may be active by now
                writer = null;
            }
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof ClosedChannelException) {
                counters.dropped(0); // a payload that still waited for room when the connection ended
            } else if (channel.isActive()) {
                counters.dropped(0);
                report(cause);
            }
        }

        /** Reports the first one of a connection: each payload may have the same. */
        private void report(Throwable cause) {
            if (!reported) {
                reported = true;
                System.err.println("srt-netty: " + Failures.describe(SingleConnection.peer(channel), cause));
            }
        }

        private void write(ByteBuf payload, long sourceTimeMicros) {
            long time = sourceTimeMicros < connectedMicros ? NO_TIME : sourceTimeMicros; // libsrt rejects earlier ones
            if (payload.readableBytes() <= longestPayload) {
                writeMessage(payload, time);
                return;
            }
            while (payload.isReadable()) {
                writeMessage(payload.readRetainedSlice(Math.min(longestPayload, payload.readableBytes())), time);
            }
            payload.release();
        }

        private void writeMessage(ByteBuf payload, long time) {
            channel.write(
                    time == NO_TIME ? payload : new SrtMessage(payload, time, SrtMessage.NO_LIMIT, false),
                    channel.voidPromise());
        }
    }
}
