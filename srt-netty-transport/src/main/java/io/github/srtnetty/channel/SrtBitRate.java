// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import java.util.function.ToLongFunction;

/**
 * Due times at a constant bit rate, for {@link SrtPacer}: each payload is due when the payloads before it have been
 * sent at that rate. Only payload bytes count, not the headers of SRT and UDP. Not thread-safe.
 */
public final class SrtBitRate implements ToLongFunction<ByteBuf> {
    private static final double BITS_TIMES_NANOS = 8 * 1e9;

    private final double nanosPerByte;
    private long position;

    private SrtBitRate(double nanosPerByte) {
        this.nanosPerByte = nanosPerByte;
    }

    /**
     * Returns due times at a constant rate.
     *
     * @throws IllegalArgumentException when the rate is 0 or less
     */
    public static SrtBitRate of(long bitsPerSecond) {
        if (bitsPerSecond <= 0) {
            throw new IllegalArgumentException("bit rate " + bitsPerSecond + " bit/s: must be more than 0");
        }
        return new SrtBitRate(BITS_TIMES_NANOS / bitsPerSecond);
    }

    /**
     * Returns when a payload of {@code bytes} bytes is due, in nanoseconds since the first one, and counts its bytes.
     */
    public long nextDueNanos(int bytes) {
        long due = (long) (position * nanosPerByte);
        position += bytes;
        return due;
    }

    @Override
    public long applyAsLong(ByteBuf payload) {
        return nextDueNanos(payload.readableBytes());
    }
}
