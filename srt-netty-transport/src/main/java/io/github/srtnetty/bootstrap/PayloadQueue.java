// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Queue of payloads from the event loop to the threads of an {@link SrtReceiver}. The channel stops reading when the
 * limit is reached, and reads again at half of it. The event loop adds payloads; any thread takes them.
 */
final class PayloadQueue {
    private final BlockingState state;
    private final long limitBytes;
    private final Queue<ByteBuf> payloads =
            new ArrayDeque<>(); // only state.change() and await() change the fields below
    private long bytes;
    private boolean pausesReading;
    private boolean closed;

    /** Creates a queue of about {@code limitBytes} bytes of memory. */
    PayloadQueue(BlockingState state, long limitBytes) {
        this.state = state;
        this.limitBytes = limitBytes;
    }

    /** Takes ownership of a payload and queues it. */
    void add(ByteBuf payload) {
        state.change(() -> {
            if (closed) {
                payload.release();
                return;
            }
            payloads.add(payload);
            bytes += payload.capacity(); // the memory that it occupies, not its content
            if (bytes >= limitBytes) {
                setPaused(true);
            }
        });
    }

    /**
     * Takes the next payload, which the caller releases.
     *
     * @param nanos the longest wait, see {@link BlockingState#await}
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

    /** Returns the bytes of memory that are queued; for tests. */
    long queuedBytes() {
        long[] queued = new long[1];
        state.change(() -> queued[0] = bytes);
        return queued[0];
    }

    /** Releases the queued payloads and all later ones. */
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
