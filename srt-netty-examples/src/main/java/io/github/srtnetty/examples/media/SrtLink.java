// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtReconnector;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.ConnectionEnd;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.Listening;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An SRT address that stays open: a caller or rendezvous connects again whenever its connection ends, a listener
 * serves one peer after another. With {@link #once} the first connection is the only one.
 */
final class SrtLink {
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final SrtUri uri;
    private final EventLoopGroup group;
    private final boolean once;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable SrtChannel current;
    private @Nullable SrtReconnector caller;
    private @Nullable Channel listener;
    private Consumer<SrtChannel> closer = SrtLink::closeWhenSent;
    private @Nullable CompletableFuture<Void> finished;
    private volatile boolean finishing;
    private boolean failureReported; // on the event loop

    SrtLink(SrtUri uri, EventLoopGroup group, boolean once) {
        this.uri = uri;
        this.group = group;
        this.once = once;
    }

    SrtUri uri() {
        return uri;
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Returns the connection that is up now, null where there is none. */
    @Nullable
    SrtChannel channel() {
        return current;
    }

    /** Listens or begins to connect; {@code pipeline} makes the pipeline of each connection. */
    void open(Consumer<SrtChannel> pipeline) throws IOException, InterruptedException {
        SingleConnection single = new SingleConnection(channel -> {
            channel.pipeline().addLast(new Watch());
            pipeline.accept(channel);
            channel.pipeline().addLast(new ConnectionEnd(broken -> ended(channel, broken)));
        });
        if (uri.mode() == SrtConnectionMode.LISTENER) {
            ChannelFuture bound = uri.open(group, single).await();
            if (!bound.isSuccess()) {
                throw Failures.opening(uri, bound.cause());
            }
            listener = bound.channel();
            Listening.announce(bound.channel());
        } else if (once) {
            uri.open(group, single).addListener(done -> {
                if (!done.isSuccess()) {
                    ended.completeExceptionally(failure(done.cause()));
                }
            });
        } else {
            caller = new SrtReconnector(() -> uri.open(group, single), group.next())
                    .delays(FIRST_DELAY, LONGEST_DELAY)
                    .onFailure(this::reportOnce)
                    .start();
            caller.endedFuture().addListener(done -> {
                if (!done.isSuccess()) {
                    ended.completeExceptionally(failure(done.cause()));
                }
            });
        }
    }

    /** Closes connections in another way than after a write; before {@link #open}. */
    SrtLink closer(Consumer<SrtChannel> other) {
        closer = other;
        return this;
    }

    /**
     * Begins to close, the first time; done when the peer has taken what was written, or the connection is gone. Any
     * thread: on a signal two may want it, and the later one must not ask a loop that has ended.
     */
    synchronized CompletableFuture<Void> finish() {
        if (finished == null) {
            finished = close();
        }
        return finished;
    }

    private CompletableFuture<Void> close() {
        finishing = true;
        if (listener != null) {
            listener.close();
        }
        CompletableFuture<Void> closed = new CompletableFuture<>();
        SrtChannel channel = current;
        if (channel == null) {
            closed.complete(null);
        } else {
            closer.accept(channel);
            channel.closeFuture().addListener(done -> closed(channel, closed));
        }
        return closed.whenComplete((done, failure) -> {
            if (caller != null) {
                caller.close();
            }
        });
    }

    private static void closed(SrtChannel channel, CompletableFuture<Void> closed) {
        SrtStatistics last = channel.statistics();
        long left = last == null ? 0 : last.asLong(SrtStatistic.PKT_SND_BUF);
        if (left > 0) {
            closed.completeExceptionally(new IOException(
                    SingleConnection.peer(channel) + " has not acknowledged the last " + left + " packets"));
        } else {
            closed.complete(null);
        }
    }

    /** Does not close at once: that fails what still waits in the channel for room. */
    private static void closeWhenSent(SrtChannel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private IOException failure(Throwable cause) {
        return Failures.opening(uri, cause);
    }

    /** Reports the first of several failures; the one that ends the caller is reported by {@link #ended}. */
    private void reportOnce(SrtReconnector.Failure failed) {
        if (!failureReported && failed.retryAfter() != null) {
            failureReported = true;
            System.err.println("srt-netty: " + failed.message(failure(failed.cause())));
        }
    }

    private void ended(SrtChannel channel, Optional<IOException> broken) {
        if (once && broken.isPresent()) {
            ended.completeExceptionally(broken.get()); // reported there
            return;
        }
        report(broken.map(IOException::getMessage)
                .orElseGet(() -> "disconnected from " + SingleConnection.peer(channel)));
        if (once) {
            ended.complete(null);
        }
    }

    private void report(String what) {
        if (!finishing) {
            System.err.println("srt-netty: " + what);
        }
    }

    /** Follows the connection. */
    private final class Watch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            SrtChannel channel = (SrtChannel) ctx.channel();
            failureReported = false;
            ctx.fireChannelActive();
            current = channel;
            report("connected to " + SingleConnection.peer(channel));
            ready.complete(null);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (current == ctx.channel()) { // the next one may be active by now
                current = null;
            }
            ctx.fireChannelInactive();
        }
    }
}
