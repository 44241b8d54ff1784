// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Payloads between the event loop and the threads of an {@link SrtReceiver}. When the limit is reached the channel
 * stops reading, at half of it the channel reads again. The event loop adds, any thread takes.
 */
final class PayloadQueue {
    private final BlockingState state;
    private final long limitBytes;
    private final Queue<ByteBuf> payloads =
            new ArrayDeque<>(); // all below is changed by state.change() and await() only
    private long bytes;
    private boolean pausesReading;
    private boolean closed;

    /** Creates a queue that holds about {@code limitBytes} of memory. */
    PayloadQueue(BlockingState state, long limitBytes) {
        this.state = state;
        this.limitBytes = limitBytes;
    }

    /** Takes over a payload. */
    void add(ByteBuf payload) {
        state.change(() -> {
            if (closed) {
                payload.release();
                return;
            }
            payloads.add(payload);
            bytes += payload.capacity(); // what it occupies, not what is in it
            if (bytes >= limitBytes) {
                setPaused(true);
            }
        });
    }

    /**
     * Takes the next payload; the caller releases it.
     *
     * @return null at the end of the connection
     * @throws InterruptedIOException as {@link BlockingState#await}
     */
    @Nullable
    ByteBuf take(long nanos) throws InterruptedIOException {
        @Nullable ByteBuf[] taken = new ByteBuf[1];
        state.await(
                () -> {
                    taken[0] = poll();
                    return taken[0] != null || state.isEnded();
                },
                nanos);
        return taken[0];
    }

    /** Returns how many bytes of memory are queued; for tests. */
    long queuedBytes() {
        long[] queued = new long[1];
        state.change(() -> queued[0] = bytes);
        return queued[0];
    }

    /** Releases what is queued and what arrives from now on. */
    void close() {
        state.change(() -> {
            closed = true;
            payloads.forEach(ByteBuf::release);
            payloads.clear();
            bytes = 0;
        });
    }

    private @Nullable ByteBuf poll() {
        ByteBuf payload = payloads.poll();
        if (payload != null) {
            bytes -= payload.capacity();
            if (bytes <= limitBytes / 2) {
                setPaused(false);
            }
        }
        return payload;
    }

    private void setPaused(boolean paused) {
        Channel channel = state.channel();
        if (pausesReading != paused && channel != null) {
            pausesReading = paused;
            channel.config().setAutoRead(!paused);
        }
    }
}
