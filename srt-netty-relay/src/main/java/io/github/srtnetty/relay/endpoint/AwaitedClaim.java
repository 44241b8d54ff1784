// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtPeerGoneEvent;
import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.relay.stream.SendQueue;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the payloads of a publisher until the directory has granted its name; then passes them to the handlers added
 * meanwhile and removes itself. Beyond a limit, the oldest payloads are dropped. Event loop.
 */
final class AwaitedClaim extends ChannelInboundHandlerAdapter {
    /**
     * Longer than the 6 s in which a cluster detects a hung node and completes the claim. Encoders without a grant
     * reconnect, possibly to another node.
     */
    static final int MOST_MILLIS = 10_000;

    private final ConnectionLog log;
    private final CompletableFuture<ClaimOutcome> claim;
    private final Consumer<ClaimOutcome> decided;
    private final Consumer<ClaimOutcome> unused;
    private final TrafficCounters counters;
    private final SendQueue queue;
    private @Nullable Future<?> timer;
    private @Nullable SrtPeerGoneEvent gone;
    private boolean active;
    private boolean done;

    /**
     * Creates the handler.
     *
     * @param stream counts payloads that are dropped
     * @param decided gets the outcome on the event loop, and adds handlers or closes the channel
     * @param unused gets an outcome that arrives after the channel was closed, on any thread
     */
    AwaitedClaim(
            ConnectionLog log,
            TrafficCounters stream,
            CompletableFuture<ClaimOutcome> claim,
            Consumer<ClaimOutcome> decided,
            Consumer<ClaimOutcome> unused) {
        this.log = log;
        this.claim = claim;
        this.decided = decided;
        this.unused = unused;
        counters = new TrafficCounters(stream);
        queue = new SendQueue(SendQueue.Limits.HELD, counters);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> late(ctx), MOST_MILLIS, TimeUnit.MILLISECONDS);
        claim.thenAccept(outcome -> {
            try {
                ctx.executor().execute(() -> decide(ctx, outcome));
            } catch (RejectedExecutionException e) {
                unused.accept(outcome); // the relay has ended
            }
        });
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
        queue.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        active = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        queue.offer((ByteBuf) msg, Intake.NO_TIME, System.nanoTime());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // nothing was passed on
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtPeerGoneEvent peerGone) {
            gone = peerGone;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!done) {
            log.line("left before its name was granted");
            end();
        }
    }

    private void decide(ChannelHandlerContext ctx, ClaimOutcome outcome) {
        if (done || !ctx.channel().isOpen()) {
            unused.accept(outcome);
            return;
        }
        end();
        decided.accept(outcome);
        if (ctx.pipeline().get(Publisher.class) == null) { // it was rejected, and the channel closes
            queue.close();
            return;
        }
        if (active) {
            ctx.fireChannelActive(); // the added handlers must receive it
        }
        for (SendQueue.Entry next = queue.poll(); next != null; next = queue.poll()) {
            ctx.fireChannelRead(next.payload());
        }
        ctx.fireChannelReadComplete();
        if (counters.droppedPackets.sum() > 0) {
            log.line("dropped %d packets that arrived before its name was granted", counters.droppedPackets.sum());
        }
        if (gone != null) {
            ctx.fireUserEventTriggered(gone);
        }
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    private void late(ChannelHandlerContext ctx) {
        if (!done) {
            end();
            decided.accept(new ClaimOutcome.Refused("the directory did not answer within " + MOST_MILLIS + " ms"));
        }
    }

    private void end() {
        done = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
