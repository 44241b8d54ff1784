// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** A payload with the time at which {@link SrtPacer} sends it. Releasing it releases the buffer. */
public final class SrtTimedPayload extends DefaultByteBufHolder {
    private final long dueNanos;

    /**
     * Creates a payload. Takes ownership of the buffer.
     *
     * @param dueNanos when to send the payload, in nanoseconds since the first payload of the channel, 0 or more; a
     *     time that has passed, such as 0, means as soon as possible
     * @throws IllegalArgumentException when {@code dueNanos} is negative
     */
    public SrtTimedPayload(ByteBuf content, long dueNanos) {
        super(content);
        if (dueNanos < 0) {
            throw new IllegalArgumentException("due at " + dueNanos + " ns: must be 0 or more");
        }
        this.dueNanos = dueNanos;
    }

    /** Returns when to send the payload, in nanoseconds since the first payload of the channel. */
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public SrtTimedPayload replace(ByteBuf content) {
        return new SrtTimedPayload(content, dueNanos);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtTimedPayload payload && payload.dueNanos == dueNanos && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Long.hashCode(dueNanos);
    }
}
