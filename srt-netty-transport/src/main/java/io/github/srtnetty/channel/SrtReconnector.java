// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A caller that connects again when its connection ends or a connect fails, with growing, jittered delays; it gives up when
 * the peer rejects it for a reason that will not change by itself ({@code SrtRejectReason.isTransient}).
 *
 * <pre>{@code
 * SrtReconnector caller = new SrtReconnector(() -> SrtUri.parse("srt://host:9000").open(group, handler), group.next());
 * caller.start();
 * }</pre>
 *
 * <p>Threads: the public methods may be called by any; callbacks run on the executor.
 */
public final class SrtReconnector implements AutoCloseable {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtReconnector.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    /** A connection that lived this long was a good one: the next delay starts small again. */
    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<ChannelFuture> connect;
    private final EventExecutor executor;
    private final Promise<Void> ended;
    private Duration firstDelay = FIRST_DELAY;
    private Duration longestDelay = LONGEST_DELAY;
    private Supplier<RandomGenerator> random = ThreadLocalRandom::current;
    private Consumer<Throwable> failureListener = cause -> {};
    private int failures;
    private boolean closed;
    private @Nullable Channel channel;
    private @Nullable ChannelFuture pending;
    private @Nullable Future<?> timer;
    private boolean started;

    /**
     * Creates a caller that does nothing until {@link #start}.
     *
     * @param connect starts one attempt, for example {@code () -> uri.open(group, handler)} or {@code bootstrap::connect};
     *     each attempt makes a new channel, so the handler must be sharable or a {@link io.netty.channel.ChannelInitializer}
     * @param executor where waiting and callbacks happen
     */
    public SrtReconnector(Supplier<ChannelFuture> connect, EventExecutor executor) {
        this.connect = connect;
        this.executor = executor;
        ended = executor.newPromise();
    }

    /** Creates a caller from a bootstrap whose remote address is set. */
    public SrtReconnector(Bootstrap bootstrap, EventExecutor executor) {
        this((Supplier<ChannelFuture>) bootstrap::connect, executor);
    }

    /**
     * Sets the delays: about {@code first} after the first failure, doubled with each further one, at most {@code longest};
     * each is shortened at random by up to half. By default 250 ms and 30 s.
     */
    public SrtReconnector delays(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("delays " + first + " and " + longest + ": positive, the longest last");
        }
        firstDelay = first;
        longestDelay = longest;
        return this;
    }

    /** Has {@code listener} told of each attempt that failed. */
    public SrtReconnector onFailure(Consumer<Throwable> listener) {
        failureListener = listener;
        return this;
    }

    /** Starts to connect; once is enough. */
    public SrtReconnector start() {
        executor.execute(() -> {
            if (!started) {
                started = true;
                attempt();
            }
        });
        return this;
    }

    /** Returns a future that succeeds after {@link #close} and fails when a reject will not change by itself. */
    public Future<Void> endedFuture() {
        return ended;
    }

    /** Ends the caller and closes its connection. */
    @Override
    public void close() {
        executor.execute(() -> {
            closed = true;
            ended.trySuccess(null);
            if (timer != null) {
                timer.cancel(false);
            }
            if (pending != null) {
                pending.cancel(false);
            }
            if (channel != null) {
                channel.close();
            }
        });
    }

    SrtReconnector random(RandomGenerator generator) {
        random = () -> generator;
        return this;
    }

    /** Returns the delay before the next attempt after so many failures in a row, in nanoseconds. */
    long delayNanos(int failuresInARow) {
        long longest = longestDelay.toNanos();
        long delay = firstDelay.toNanos();
        for (int i = 1; i < failuresInARow && delay < longest; i++) {
            delay *= 2;
        }
        delay = Math.min(delay, longest);
        return delay - random.get().nextLong(delay / 2 + 1);
    }

    private void attempt() {
        timer = null;
        if (closed) {
            return;
        }
        ChannelFuture future;
        try {
            future = connect.get();
        } catch (Throwable e) { // also an Error: the next attempt may do
            failed(e);
            return;
        }
        pending = future;
        future.addListener(done -> executor.execute(() -> attempted(future)));
    }

    private void attempted(ChannelFuture future) {
        pending = null;
        if (!future.isSuccess()) {
            failed(future.cause());
            return;
        }
        channel = future.channel();
        if (closed) {
            channel.close();
            return;
        }
        long connected = System.nanoTime();
        channel.closeFuture().addListener(done -> executor.execute(() -> disconnected(connected)));
    }

    private void disconnected(long connectedNanos) {
        channel = null;
        failures = System.nanoTime() - connectedNanos > GOOD_NANOS ? 1 : failures + 1;
        retry();
    }

    private void failed(Throwable cause) {
        if (closed) {
            return;
        }
        try {
            failureListener.accept(cause);
        } catch (Throwable t) { // whatever it is, the connection shall come back
            LOGGER.warn("the listener of failures failed", t);
        }
        if (cause instanceof SrtRejectedException rejected && !rejected.reason().isTransient()) {
            closed = true;
            ended.tryFailure(cause);
            return;
        }
        failures++;
        retry();
    }

    private void retry() {
        if (!closed) {
            timer = executor.schedule(this::attempt, delayNanos(failures), TimeUnit.NANOSECONDS);
        }
    }
}
