// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A caller that reconnects with growing, jittered delays when its connection ends or an attempt fails.
 *
 * <p>It ends when libsrt rejects the connection because the two sides are configured differently: wrong or missing
 * passphrase ({@code BADSECRET}, {@code UNSECURE}), version, message API, congestion controller, packet filter, group,
 * crypto mode. By default a code of the server's application (1000 or more) does not end it. If such a code is not
 * transient ({@link SrtRejectReason#isTransient}), the next delay is the longest one. {@link #endOn} changes this.
 *
 * <pre>{@code
 * SrtReconnector caller = new SrtReconnector(() -> SrtUri.parse("srt://host:9000").open(group, handler), group.next());
 * caller.start();
 * }</pre>
 *
 * <p>Threads: any thread may call the public methods; attempts and callbacks run on the executor. When the executor has
 * ended, no further attempt is made, and a connection that is made afterwards is closed.
 */
public final class SrtReconnector implements AutoCloseable {
    /**
     * An attempt that failed.
     *
     * @param cause why the attempt failed
     * @param inARow the number of failures since the last connection that lasted, including this one
     * @param retryAfter the delay before the next attempt; null if there is none and the caller ends
     */
    public record Failure(
            Throwable cause, int inARow, @Nullable Duration retryAfter) {
        /** Returns one line with the failure and the next step, for example {@code ...; trying again in 0.3 s}. */
        public String message() {
            return message(cause);
        }

        /** Returns the same line with another failure in place of the cause, for example one that names the peer. */
        public String message(Throwable said) {
            String text = said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
            return retryAfter == null
                    ? text + "; not trying again"
                    : String.format(Locale.ROOT, "%s; trying again in %.1f s", text, retryAfter.toNanos() / 1e9);
        }
    }

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtReconnector.class);
    /** After a connection that lasted this long, the delays start at the shortest one again. */
    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<ChannelFuture> connect;
    private final EventExecutor executor;
    private final Promise<Void> ended;
    private SrtBackOff backOff = SrtBackOff.DEFAULT;
    private Supplier<RandomGenerator> random = ThreadLocalRandom::current;
    private Consumer<Failure> failureListener = failure -> {};
    private Predicate<SrtRejectReason> endOn =
            reason -> reason.code() < SrtRejectReason.FIRST_OF_APPLICATION && !reason.isTransient();
    private int failures; // used on the executor only
    // the fields below are also used by close(), under the lock of this
    private boolean started;
    private boolean closed;
    private @Nullable Channel channel;
    private @Nullable ChannelFuture pending;
    private @Nullable Future<?> timer;

    /**
     * Creates a caller that does nothing until {@link #start}.
     *
     * @param connect starts one attempt, for example {@code () -> uri.open(group, handler)}; each attempt creates a new
     *     channel, so the handler must be sharable or a {@link io.netty.channel.ChannelInitializer}. If it throws or
     *     returns null, the attempt has failed
     * @param executor runs attempts and callbacks
     */
    public SrtReconnector(Supplier<ChannelFuture> connect, EventExecutor executor) {
        this.connect = Objects.requireNonNull(connect, "connect");
        this.executor = Objects.requireNonNull(executor, "executor");
        ended = new EndPromise(executor);
    }

    /**
     * Creates a caller from a bootstrap whose remote address is set. The bootstrap's resolver resolves a name. {@link
     * SrtResolverGroup#shared()} replaces Netty's default resolver, which would block the event loop.
     */
    public SrtReconnector(Bootstrap bootstrap, EventExecutor executor) {
        this(() -> SrtOpening.connect(bootstrap), executor);
    }

    /**
     * Sets the delays: {@code first} after the first failure, doubled with each further failure, at most {@code
     * longest}. Each delay is shortened at random by up to half. Default: 250 ms and 30 s. Call before {@link #start}.
     *
     * @throws IllegalArgumentException when {@code first} is not positive, or {@code longest} is shorter than {@code
     *     first} or longer than a day
     */
    public SrtReconnector delays(Duration first, Duration longest) {
        backOff = new SrtBackOff(first, longest);
        return this;
    }

    /** Sets the listener that receives each failed attempt, on the executor. Call before {@link #start}. */
    public SrtReconnector onFailure(Consumer<Failure> listener) {
        failureListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets the rejections that end the caller: {@code reason -> false} for none, or {@code reason ->
     * !reason.isTransient()} to include codes of the server's application, such as 1403. Call before {@link #start}.
     */
    public SrtReconnector endOn(Predicate<SrtRejectReason> reasons) {
        endOn = Objects.requireNonNull(reasons, "reasons");
        return this;
    }

    /** Starts to connect; a second call has no effect. */
    public SrtReconnector start() {
        run(() -> {
            synchronized (this) {
                if (started) {
                    return;
                }
                started = true;
            }
            attempt();
        });
        return this;
    }

    /**
     * Returns a future that succeeds after {@link #close}. It fails with the rejection that ended the caller, or with
     * an {@link IllegalStateException} when the executor has ended.
     */
    public Future<Void> endedFuture() {
        return ended;
    }

    /** Ends the caller and closes its connection. */
    @Override
    public void close() {
        Future<?> waiting;
        ChannelFuture connecting;
        Channel connected;
        synchronized (this) {
            closed = true;
            waiting = timer;
            connecting = pending;
            connected = channel;
        }
        ended.trySuccess(null);
        if (waiting != null) {
            cancel(waiting);
        }
        if (connecting != null) {
            connecting.cancel(false);
        }
        if (connected != null) {
            connected.close();
        }
    }

    SrtReconnector random(RandomGenerator generator) {
        random = () -> generator;
        return this;
    }

    private void attempt() {
        ChannelFuture future;
        synchronized (this) {
            timer = null;
            if (closed) {
                return;
            }
        }
        try {
            future = connect.get();
            if (future == null) {
                throw new IllegalStateException("the supplier of connections returned null");
            }
        } catch (Throwable e) { // also an Error: the next attempt may succeed
            failed(e);
            return;
        }
        boolean late;
        synchronized (this) {
            pending = future;
            late = closed;
        }
        if (late) {
            future.cancel(false);
        }
        future.addListener(done -> {
            if (!run(() -> attempted(future)) && done.isSuccess()) {
                future.channel().close();
            }
        });
    }

    private void attempted(ChannelFuture future) {
        boolean late;
        synchronized (this) {
            pending = null;
            late = closed;
            if (future.isSuccess() && !late) {
                channel = future.channel();
            }
        }
        if (!future.isSuccess()) {
            failed(future.cause());
        } else if (late) {
            future.channel().close();
        } else {
            long connected = System.nanoTime();
            future.channel().closeFuture().addListener(done -> run(() -> disconnected(connected)));
        }
    }

    private void disconnected(long connectedNanos) {
        synchronized (this) {
            channel = null;
        }
        failures = System.nanoTime() - connectedNanos > GOOD_NANOS ? 1 : failures + 1;
        retry(backOff.after(failures, random.get()));
    }

    private void failed(Throwable cause) {
        if (isClosed()) {
            return;
        }
        failures++;
        boolean last = isFinal(cause);
        boolean lasting = cause instanceof SrtRejectedException rejected
                && !rejected.reason().isTransient();
        Duration delay = lasting ? backOff.afterLastingFailure(random.get()) : backOff.after(failures, random.get());
        try {
            failureListener.accept(new Failure(cause, failures, last ? null : delay));
        } catch (Throwable t) { // whatever it is, the caller must reconnect
            LOGGER.warn("the listener of onFailure threw an exception", t);
        }
        if (last) {
            end(cause);
        } else {
            retry(delay);
        }
    }

    /** Returns whether every address of the name rejected the connect for good. */
    private boolean isFinal(Throwable cause) {
        try {
            return cause instanceof SrtRejectedException rejected
                    && endOn.test(rejected.reason())
                    && Arrays.stream(rejected.getSuppressed())
                            .allMatch(e -> e instanceof SrtRejectedException each && endOn.test(each.reason()));
        } catch (RuntimeException e) { // from the application's predicate
            LOGGER.warn("the predicate of endOn threw an exception for {}", cause, e);
            return false;
        }
    }

    private void retry(Duration delay) {
        if (isClosed()) {
            return;
        }
        Future<?> scheduled;
        try {
            scheduled = executor.schedule(this::attempt, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            end(e);
            return;
        }
        synchronized (this) {
            timer = scheduled;
            if (!closed) {
                return;
            }
        }
        cancel(scheduled);
    }

    private void end(Throwable cause) {
        synchronized (this) {
            closed = true;
        }
        ended.tryFailure(cause);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Runs a task on the executor. If the executor has ended, ends the caller and returns false. */
    private boolean run(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            end(new IllegalStateException("the executor of the reconnector has ended", e));
            return false;
        }
    }

    private static void cancel(Future<?> timer) {
        try {
            timer.cancel(false);
        } catch (RejectedExecutionException e) { // the executor has ended: the timer never fires
            LOGGER.debug("could not cancel a timer: its executor has ended", e);
        }
    }

    /**
     * A promise that completes even if the executor has ended; its listeners then run on {@link GlobalEventExecutor}.
     */
    private static final class EndPromise extends DefaultPromise<Void> {
        private final EventExecutor own;

        EndPromise(EventExecutor own) {
            super(own);
            this.own = own;
        }

        @Override
        protected EventExecutor executor() {
            return own.isShutdown() ? GlobalEventExecutor.INSTANCE : own;
        }
    }
}
