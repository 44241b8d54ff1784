// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A receiver of a stream. The publisher's loop puts slices into its queue and wakes it at most once until it has run;
 * it writes on its own loop, as long as its channel is writable.
 */
final class Player extends Member {
    /** A timer that comes a little early must not run again and again. */
    private static final long MIN_AGEING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A sender that took the wrong role has sent a few by the time it is closed; a player sends none. */
    static final int MOST_RECEIVED = 5;

    private final Counters counters;
    private final PlayerQueue queue;
    private final AtomicBoolean woken = new AtomicBoolean();
    private int received;
    private boolean ageing;
    private boolean writing;
    private boolean finishing;

    Player(Hub hub, LiveStream stream, StreamRequest request, RelayRules rules, Channel channel) {
        super(hub, request, channel);
        counters = new Counters(stream.counters());
        queue = new PlayerQueue(rules, counters);
    }

    Counters counters() {
        return counters;
    }

    long queuedBytes() {
        return queue.bytes();
    }

    /** Takes over a payload, to be sent after {@link #wake}. Any thread. */
    void offer(ByteBuf payload, long nowNanos) {
        if (!queue.offer(payload, nowNanos)) {
            disconnect();
        }
    }

    /** Has the player's loop send what is queued. Any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            onLoop(this::send);
        }
    }

    /** Closes once everything that is queued is sent. Any thread. */
    void finish() {
        onLoop(() -> {
            finishing = true;
            send();
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel()
                .closeFuture()
                .addListener(
                        closed -> { // comes even where the channel never became active
                            hub.leave(this);
                            queue.close();
                        });
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        log("plays");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
        if (++received == MOST_RECEIVED) {
            hub.sendingPlayers().increment();
            log("closed: it sends payloads; a publisher names its role, for example publish:NAME");
            ctx.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        send();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        log(
                "left after %.1f s: %s, %d packets sent, %d dropped",
                seconds(), closeReason(), counters.sentPackets.sum(), counters.droppedPackets.sum());
    }

    private void send() {
        woken.set(false);
        if (writing) { // writability changes while we write
            return;
        }
        writing = true;
        while (channel().isWritable() && !queue.isEmpty()) {
            writeSome();
            channel().flush();
        }
        writing = false;
        dropWhenOld();
        if (finishing && queue.isEmpty()) {
            finishing = false;
            channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Drops what gets too old in the queue while no publisher sends. */
    private void dropWhenOld() {
        long oldestNanos = queue.oldestNanos(System.nanoTime());
        if (ageing || oldestNanos < 0) {
            return;
        }
        ageing = true;
        long nanos = Math.max(MIN_AGEING_NANOS, queue.maxNanos() - oldestNanos);
        channel()
                .eventLoop()
                .schedule(
                        () -> {
                            ageing = false;
                            if (!queue.dropOld(System.nanoTime())) {
                                disconnect();
                            }
                            send();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    private void disconnect() {
        counters.slowDisconnect();
        log("disconnected: too slow, its queue was full");
        channel().config().setOption(ChannelOption.SO_LINGER, 0);
        channel().close();
    }

    private void writeSome() {
        while (channel().isWritable()) {
            ByteBuf payload = queue.poll();
            if (payload == null) {
                return;
            }
            counters.sent(payload.readableBytes());
            channel().write(payload, channel().voidPromise());
        }
    }

    private void onLoop(Runnable task) {
        try {
            channel().eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            queue.close(); // the loop has ended, and the channel with it
        }
    }
}
