// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseNotifier;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends each payload when it is due and there is room for it. In live mode libsrt accepts every write immediately and
 * drops what does not fit into its buffer. A source that is faster than its stream, such as a file, therefore needs a
 * pacer:
 *
 * <pre>{@code
 * channel.pipeline().addLast(SrtPacer.atBitRate(5_000_000));
 * }</pre>
 *
 * <p>Add it to the pipeline before the handlers that write. It sends in the order of the writes, flushes by itself, and
 * loses nothing:
 *
 * <ul>
 *   <li>The channel is not writable while more than 50 ms of payloads, or more bytes than the high water mark, wait.
 *   <li>{@code close()} waits until all earlier writes are sent, at most until 180 s after the last payload was due.
 *       With {@code SO_LINGER} 0 it closes immediately, and the waiting writes fail.
 *   <li>When the channel closes, the waiting writes fail with {@link ClosedChannelException}, and their payloads are
 *       released.
 *   <li>When the handler is removed, it sends the waiting writes immediately.
 * </ul>
 *
 * <p>If a payload is later than the longest catch-up, all later due times move, so the burst after a stall is bounded.
 * Each pacer belongs to one channel and runs on its event loop.
 */
public final class SrtPacer extends ChannelDuplexHandler {
    /** The delay of a busy event loop that the pacer makes up for; a longer stall moves the due times. */
    private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(1);
    /** 100 ms of a stream is as much as the socket buffer of a receiver can take at once. */
    private static final Duration BIT_RATE_CATCH_UP = Duration.ofMillis(100);

    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long ROOM_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** libsrt's default of SO_LINGER in file mode. */
    private static final long LONGEST_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(180);
    /** Netty's traffic shapers use 1 to 3. */
    private static final int WRITABILITY_INDEX = 30;

    private record Waiting(Object message, int bytes, long dueNanos, ChannelPromise promise) {}

    private final @Nullable ToLongFunction<? super ByteBuf> clock;
    private final PaceSchedule schedule;
    private final LongSupplier nanoTime;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long lastDueNanos;
    private int unfinished;
    private boolean sending;
    private boolean writable = true;
    private @Nullable Future<?> timer;
    private @Nullable ChannelPromise closing;
    private boolean closeSent;

    /** Creates a pacer of {@link SrtTimedPayload}s. It sends other messages in order between them, without a delay. */
    public SrtPacer() {
        this(null, LONGEST_CATCH_UP, System::nanoTime);
    }

    /**
     * Creates a pacer that calls {@code clock} for the due time of each {@link ByteBuf}, in the order of the writes. An
     * {@link SrtTimedPayload} has its own due time.
     *
     * @param clock returns when a payload is due, in nanoseconds since the first one; called on the event loop
     * @param longestCatchUp how late a payload may be without moving the due times of later ones; 0 or more
     * @throws IllegalArgumentException when the catch-up is negative
     */
    public SrtPacer(ToLongFunction<? super ByteBuf> clock, Duration longestCatchUp) {
        this(clock, longestCatchUp, System::nanoTime);
    }

    SrtPacer(@Nullable ToLongFunction<? super ByteBuf> clock, Duration longestCatchUp, LongSupplier nanoTime) {
        if (longestCatchUp.isNegative()) {
            throw new IllegalArgumentException("catch-up " + longestCatchUp + ": must be 0 or more");
        }
        this.clock = clock;
        this.nanoTime = nanoTime;
        boolean endless = longestCatchUp.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0;
        schedule = new PaceSchedule(endless ? Long.MAX_VALUE : longestCatchUp.toNanos());
    }

    /**
     * Returns a pacer of {@link ByteBuf}s at a constant rate, with a catch-up of at most 100 ms.
     *
     * @throws IllegalArgumentException when the rate is 0 or less
     */
    public static SrtPacer atBitRate(long bitsPerSecond) {
        return atBitRate(bitsPerSecond, BIT_RATE_CATCH_UP);
    }

    /**
     * Returns a pacer of {@link ByteBuf}s at a constant rate.
     *
     * @param longestCatchUp the limit of a burst: after a longer pause of the source or the network the due times start
     *     again
     * @throws IllegalArgumentException when the rate is 0 or less, or the catch-up is negative
     */
    public static SrtPacer atBitRate(long bitsPerSecond, Duration longestCatchUp) {
        return new SrtPacer(SrtBitRate.of(bitsPerSecond), longestCatchUp);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (closing != null || !ctx.channel().isOpen()) {
            ReferenceCountUtil.release(msg);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        boolean timed = msg instanceof SrtTimedPayload || clock != null && isPayload(msg);
        if (!timed && queue.isEmpty()) {
            ctx.write(msg, promise);
            return;
        }
        Object message = msg instanceof SrtTimedPayload payload ? payload.content() : msg;
        try {
            lastDueNanos = Math.max(lastDueNanos, due(msg));
        } catch (Throwable t) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(t);
            return;
        }
        int bytes = message instanceof ByteBuf buf ? buf.readableBytes() : 0;
        queue.add(new Waiting(message, bytes, lastDueNanos, promise.unvoid()));
        queuedBytes += bytes;
        send(ctx);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        Integer linger = ctx.channel().config().getOption(ChannelOption.SO_LINGER);
        if (linger != null && linger == 0) {
            fail();
            ctx.close(promise);
        } else if (closing != null) {
            closing.addListener(new PromiseNotifier<>(promise.unvoid()));
        } else if (queue.isEmpty() && unfinished == 0) {
            ctx.close(promise);
        } else {
            closing = promise.unvoid();
            long wait = Math.min(Math.max(0, leftNanos()), Long.MAX_VALUE - LONGEST_CLOSE_NANOS);
            Future<?> limit =
                    ctx.executor().schedule(() -> closeNow(ctx), wait + LONGEST_CLOSE_NANOS, TimeUnit.NANOSECONDS);
            ctx.channel().closeFuture().addListener(closed -> limit.cancel(false));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closeNow(ctx);
        fail();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopTimer();
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            ctx.write(next.message, next.promise);
        }
        queuedBytes = 0;
        ctx.flush();
        updateWritability(ctx);
        closeNow(ctx);
    }

    /** Returns the nanoseconds until the last payload is due, or 0 if none waits. */
    private long leftNanos() {
        return queue.isEmpty() ? 0 : schedule.leftNanos(nanoTime.getAsLong(), lastDueNanos);
    }

    private static boolean isPayload(Object msg) {
        return msg instanceof ByteBuf buf && buf.isReadable();
    }

    private long due(Object msg) {
        if (msg instanceof SrtTimedPayload payload) {
            return payload.dueNanos();
        }
        return clock != null && isPayload(msg) ? clock.applyAsLong((ByteBuf) msg) : lastDueNanos;
    }

    /** Sends the due payloads as far as there is room, and schedules the next ones. */
    private void send(ChannelHandlerContext ctx) {
        if (sending || ctx.isRemoved()) {
            return;
        }
        sending = true;
        try {
            while (sendDue(ctx)) {
                ctx.flush(); // makes room
            }
        } finally {
            sending = false;
        }
        updateWritability(ctx);
        if (closing != null && queue.isEmpty() && unfinished == 0) {
            closeNow(ctx);
        }
    }

    /** Writes the due payloads as far as there is room; returns whether it wrote any. */
    private boolean sendDue(ChannelHandlerContext ctx) {
        boolean wrote = false;
        for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
            if (!hasRoom(ctx)) {
                if (unfinished == 0) { // otherwise the completion of a write continues
                    startTimer(ctx, ROOM_RETRY_NANOS);
                }
                return wrote;
            }
            long wait = schedule.waitNanos(nanoTime.getAsLong(), next.dueNanos);
            if (wait > 0) {
                startTimer(ctx, wait);
                return wrote;
            }
            queue.remove();
            queuedBytes -= next.bytes;
            unfinished++;
            wrote = true;
            ctx.write(next.message, next.promise).addListener(done -> {
                unfinished--;
                send(ctx);
            });
        }
        return wrote;
    }

    private static boolean hasRoom(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
        return out == null
                || out.totalPendingWriteBytes() <= ctx.channel().config().getWriteBufferHighWaterMark();
    }

    private void startTimer(ChannelHandlerContext ctx, long nanos) {
        if (timer == null) {
            timer = ctx.executor()
                    .schedule(
                            () -> {
                                timer = null;
                                send(ctx);
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void updateWritability(ChannelHandlerContext ctx) {
        long limit = writable ? AHEAD_NANOS : AHEAD_NANOS / 2; // not at every payload
        boolean now =
                leftNanos() <= limit && queuedBytes <= ctx.channel().config().getWriteBufferHighWaterMark();
        ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
        if (now != writable && out != null) {
            writable = now;
            out.setUserDefinedWritability(WRITABILITY_INDEX, now);
        }
    }

    private void closeNow(ChannelHandlerContext ctx) {
        ChannelPromise promise = closing;
        if (promise != null && !closeSent) {
            closeSent = true;
            fail();
            ctx.close(promise);
        }
    }

    private void fail() {
        stopTimer();
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            ReferenceCountUtil.release(next.message);
            next.promise.tryFailure(new ClosedChannelException());
        }
        queuedBytes = 0;
    }
}
