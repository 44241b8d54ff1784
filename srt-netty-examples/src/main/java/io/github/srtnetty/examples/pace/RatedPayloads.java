// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.pace;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Payloads at a constant rate, or each as soon as it is there. */
public final class RatedPayloads implements TimedPayloads {
    private static final double BITS_TIMES_NANOS = 8 * 1e9;

    private final PayloadCutter source;
    private final double nanosPerByte;
    private long position;

    private RatedPayloads(PayloadCutter source, double nanosPerByte) {
        this.source = source;
        this.nanosPerByte = nanosPerByte;
    }

    /** Returns the payloads spread evenly at this rate. */
    public static RatedPayloads atRate(PayloadCutter source, long bitsPerSecond) {
        return new RatedPayloads(source, BITS_TIMES_NANOS / bitsPerSecond);
    }

    /** Returns the payloads as they are read, due at once. */
    public static RatedPayloads asTheyCome(PayloadCutter source) {
        return new RatedPayloads(source, 0);
    }

    @Override
    public @Nullable TimedPayload next() throws IOException {
        byte[] bytes = source.next();
        if (bytes.length == 0) {
            return null;
        }
        long due = (long) (position * nanosPerByte);
        position += bytes.length;
        return new TimedPayload(bytes, due);
    }
}
