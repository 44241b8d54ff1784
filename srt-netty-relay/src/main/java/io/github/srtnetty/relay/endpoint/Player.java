// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.stream.ChannelSender;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.SendQueue;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sink of a stream. The publisher's loop puts slices into its queue; it writes on its own loop, as long as its
 * channel is writable.
 */
final class Player extends ChannelInboundHandlerAdapter implements StreamSink {
    /** A player sends none; more payloads mean a sender with the wrong role. */
    static final int MOST_RECEIVED = 5;

    private final ConnectionLog log;
    private final CallerStatistics callers;
    private final TrafficCounters counters;
    private final SendQueue queue;
    private final ChannelSender sender;
    private int received;
    private @Nullable Future<?> looks;

    Player(TrafficCounters stream, RelayRules rules, ConnectionLog log, CallerStatistics callers) {
        this.log = log;
        this.callers = callers;
        counters = new TrafficCounters(stream);
        queue = new SendQueue(limits(rules), counters);
        sender = new ChannelSender(channel(), queue, this::write, () -> disconnect("too slow, its queue was full"));
    }

    @Override
    public Connection connection() {
        return log.connection();
    }

    @Override
    public TrafficCounters counters() {
        return counters;
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public long queuedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(queue.oldestNanos(System.nanoTime()));
    }

    @Override
    public boolean hasRoom() {
        return queue.hasRoom();
    }

    @Override
    public long dropped() {
        return counters.droppedPackets.sum();
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        sender.payload(payload, sourceTimeMicros);
    }

    @Override
    public void flush() {
        sender.flush();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return connection().ended();
    }

    @Override
    public CompletableFuture<Void> finish() {
        sender.finish();
        return ended();
    }

    /** Begins to look for acknowledgements; a player that waited for the hook is already active. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (channel() instanceof SrtChannel srt) {
            Acknowledgements acknowledgements = Acknowledgements.of(srt);
            looks = ctx.executor()
                    .scheduleWithFixedDelay(
                            () -> look(srt, acknowledgements),
                            Acknowledgements.LOOK_MILLIS,
                            Acknowledgements.LOOK_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (looks != null) {
            looks.cancel(false);
        }
    }

    private void look(SrtChannel channel, Acknowledgements acknowledgements) {
        SrtStatistics sample = channel.isActive() ? channel.statistics() : null;
        if (sample != null && acknowledgements.haveStopped(sample)) {
            disconnect("has acknowledged nothing for " + acknowledgements.seconds()
                    + " s; its receive buffer is full, or was");
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        log.line("plays");
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
        if (++received == 1) {
            callers.sendingPlayers().increment();
            log.line("sends payloads, which are dropped; to publish, a caller names its role, for"
                    + " example publish:NAME");
        }
        if (received == MOST_RECEIVED) {
            ctx.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        sender.send();
    }

    /** Drops what is queued. */
    void channelClosed() {
        queue.close();
    }

    /** Returns the part of the last line of the log that only players have. */
    String summary() {
        return ", " + counters.sentPackets.sum() + " packets sent, " + dropped() + " dropped";
    }

    private Channel channel() {
        return connection().channel();
    }

    private void write(ByteBuf payload, long sourceTimeMicros) {
        counters.sent(payload.readableBytes());
        channel().write(payload, channel().voidPromise());
    }

    private void disconnect(String why) {
        counters.slowDisconnect();
        log.line("disconnected: %s", why);
        channel().config().setOption(ChannelOption.SO_LINGER, 0);
        channel().close();
    }

    private static SendQueue.Limits limits(RelayRules rules) {
        long bytes = rules.number(RelaySetting.QUEUE_BYTES);
        return new SendQueue.Limits(
                bytes,
                bytes,
                TimeUnit.MILLISECONDS.toNanos(rules.number(RelaySetting.QUEUE_MILLIS)),
                rules.is(RelaySetting.SLOW_PLAYER, "drop") ? SendQueue.WhenFull.DROP_OLDEST : SendQueue.WhenFull.CLOSE);
    }
}
