// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the payloads of a {@link SendQueue} over a channel, on the channel's loop, while the channel is writable. The
 * loop is woken at most once until it has run. The owner calls {@link #send} when the writability changes, and {@link
 * SendQueue#close} when the channel is closed.
 */
public final class ChannelSender {
    /** A timer that fires slightly early must not rerun continuously. */
    private static final long MIN_AGEING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Writes one payload to the channel, without a flush, and takes it over. */
    @FunctionalInterface
    public interface PayloadWriter {
        /** Writes to the channel. */
        void write(ByteBuf payload, long sourceTimeMicros);
    }

    private final Channel channel;
    private final SendQueue queue;
    private final PayloadWriter writer;
    private final Runnable onOverflow;
    private final AtomicBoolean woken = new AtomicBoolean();
    private boolean ageing;
    private boolean writing;
    private boolean finishing;

    /**
     * Creates a sender for one channel.
     *
     * @param onOverflow runs when {@link SendQueue.WhenFull#CLOSE} closed the queue, on any thread
     */
    public ChannelSender(Channel channel, SendQueue queue, PayloadWriter writer, Runnable onOverflow) {
        this.channel = channel;
        this.queue = queue;
        this.writer = writer;
        this.onOverflow = onOverflow;
    }

    /** Takes over a payload, which is sent after {@link #flush}. Any thread. */
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        if (!queue.offer(payload, sourceTimeMicros, System.nanoTime())) {
            onOverflow.run();
        }
    }

    /** Sends queued payloads. Any thread. */
    public void flush() {
        if (woken.compareAndSet(false, true)) {
            onLoop(this::send);
        }
    }

    /** Closes the channel once everything that is queued is sent. Any thread. */
    public void finish() {
        onLoop(() -> {
            finishing = true;
            send();
        });
    }

    /** Sends queued payloads, on the channel's loop. */
    public void send() {
        woken.set(false);
        if (writing) { // the writability changes while we write
            return;
        }
        writing = true;
        while (channel.isWritable() && !queue.isEmpty()) {
            writeSome();
            channel.flush();
        }
        writing = false;
        dropWhenTooOld();
        if (finishing && queue.isEmpty()) {
            finishing = false;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void writeSome() {
        while (channel.isWritable()) {
            SendQueue.Entry entry = queue.poll();
            if (entry == null) {
                return;
            }
            writer.write(entry.payload(), entry.sourceTimeMicros());
        }
    }

    /** Drops payloads that become too old while the source sends nothing. */
    private void dropWhenTooOld() {
        long nanos = queue.nanosUntilTooOld(System.nanoTime());
        if (ageing || nanos < 0) {
            return;
        }
        ageing = true;
        channel.eventLoop()
                .schedule(
                        () -> {
                            ageing = false;
                            if (!queue.dropOld(System.nanoTime())) {
                                onOverflow.run();
                            }
                            send();
                        },
                        Math.max(MIN_AGEING_NANOS, nanos),
                        TimeUnit.NANOSECONDS);
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            queue.close(); // the loop has ended, and the channel with it
        }
    }
}
