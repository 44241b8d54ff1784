// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.pace;

import io.github.srtnetty.channel.SrtBitRate;
import io.github.srtnetty.codec.mpegts.PayloadCutter;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Payloads at a constant rate, or each as soon as it is read. */
public final class RatedPayloads implements TimedPayloads {
    private final PayloadCutter source;
    private final @Nullable SrtBitRate rate;

    private RatedPayloads(PayloadCutter source, @Nullable SrtBitRate rate) {
        this.source = source;
        this.rate = rate;
    }

    /** Returns the payloads spread evenly at this rate. */
    public static RatedPayloads atRate(PayloadCutter source, long bitsPerSecond) {
        return new RatedPayloads(source, SrtBitRate.of(bitsPerSecond));
    }

    /** Returns the payloads as they are read, due at once. */
    public static RatedPayloads asTheyCome(PayloadCutter source) {
        return new RatedPayloads(source, null);
    }

    @Override
    public @Nullable TimedPayload next() throws IOException {
        byte[] bytes = source.next();
        if (bytes.length == 0) {
            return null;
        }
        return new TimedPayload(bytes, rate == null ? 0 : rate.nextDueNanos(bytes.length));
    }
}
