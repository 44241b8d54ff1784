// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.Streams;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rate at which each stream is received, over the last {@link #PERIOD_SECONDS}. libsrt's own rates are averages
 * over the whole connection. One thread calls {@link #sample}, any thread the rest.
 */
public final class BitRates {
    /** Long enough to average large and small pictures, short enough to show that a publisher stopped. */
    public static final int PERIOD_SECONDS = 1;

    private record Sample(long bytes, long nanos, long bitsPerSecond) {}

    private volatile Map<LiveStream, Sample> samples = Map.of();

    /** Takes a sample of each stream; to be called every {@link #PERIOD_SECONDS}. */
    public void sample(Streams streams, long nowNanos) {
        Map<LiveStream, Sample> before = samples;
        Map<LiveStream, Sample> now = new HashMap<>();
        for (LiveStream stream : streams.all()) {
            now.put(
                    stream,
                    next(before.get(stream), stream.counters().receivedBytes.sum(), nowNanos));
        }
        samples = now;
    }

    /** Returns bits per second, 0 for a stream that has not been sampled twice. */
    public long received(LiveStream stream) {
        Sample sample = samples.get(stream);
        return sample == null ? 0 : sample.bitsPerSecond;
    }

    private static Sample next(@Nullable Sample before, long bytes, long nowNanos) {
        if (before == null || nowNanos - before.nanos <= 0) {
            return new Sample(bytes, nowNanos, 0);
        }
        double seconds = (nowNanos - before.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Sample(bytes, nowNanos, Math.round((bytes - before.bytes) * Byte.SIZE / seconds));
    }
}
