// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import io.github.srtnetty.relay.history.HistoryRange.Resolution;
import java.util.Arrays;
import java.util.List;

/** The samples of one stream in each resolution. Any thread. */
public final class StreamHistory {
    /** The memory of a stream that is published for a day: the values of all chunks. */
    public static final int MOST_BYTES = mostBytes();

    private static final int HOUR_SECONDS = 3600;
    private static final int MINUTE_SECONDS = 60;

    /** In the order of {@link Resolution}. */
    private final List<SampleRing> rings;

    private final List<Step> steps;

    /** Creates an empty history. */
    public StreamHistory(HistoryBudget budget) {
        Resolution[] all = Resolution.values();
        rings = Arrays.stream(all)
                .map(resolution -> new SampleRing(resolution.steps(), budget))
                .toList();
        steps = Arrays.stream(all).map(resolution -> new Step()).toList();
    }

    /**
     * Adds the sample of a second.
     *
     * @param epochSecond ascending
     * @param values by the order of {@link Quantity}, NaN for a gap
     */
    public synchronized void add(long epochSecond, float[] values) {
        for (Resolution resolution : Resolution.values()) {
            long number = Math.floorDiv(epochSecond, resolution.stepSeconds());
            Step step = steps.get(resolution.ordinal());
            step.add(number, values);
            ring(resolution).put(number, step.values());
        }
    }

    /** Returns the samples of a range that ends with a second. */
    public synchronized HistorySeries series(HistoryRange range, long endSecond) {
        int stepSeconds = range.stepSeconds();
        long firstStep = Math.floorDiv(endSecond, stepSeconds) - range.seconds() / stepSeconds + 1;
        float[][] columns = new float[Quantity.COUNT][range.seconds() / stepSeconds];
        for (Quantity quantity : Quantity.values()) {
            ring(range.resolution()).copy(firstStep, quantity, columns[quantity.ordinal()]);
        }
        return new HistorySeries(firstStep * stepSeconds, stepSeconds, columns);
    }

    /** Returns the values of one quantity in the last seconds, one for each second. */
    public synchronized float[] lastSeconds(Quantity quantity, int count, long endSecond) {
        float[] values = new float[count];
        ring(Resolution.SECOND).copy(endSecond - count + 1, quantity, values);
        return values;
    }

    /** Returns the longest round-trip time of the last hour in milliseconds, NaN where none was measured. */
    public synchronized float worstRttMillis(long endSecond) {
        float worst = Float.NaN;
        long last = Math.floorDiv(endSecond, Resolution.TEN_SECONDS.stepSeconds());
        for (int i = 0; i < HOUR_SECONDS / Resolution.TEN_SECONDS.stepSeconds(); i++) {
            worst = larger(worst, ring(Resolution.TEN_SECONDS).get(last - i, Quantity.RTT));
        }
        return worst;
    }

    /** Returns the part of packets lost, in percent, in the worst minute of the last hour and in the last minute. */
    public synchronized float worstLossPercent(long endSecond) {
        float packets = 0;
        float lost = 0;
        for (int i = 0; i < MINUTE_SECONDS; i++) {
            float second = ring(Resolution.SECOND).get(endSecond - i, Quantity.PACKETS_PER_SECOND);
            packets += Float.isNaN(second) ? 0 : second;
            lost += Float.isNaN(second) ? 0 : ring(Resolution.SECOND).get(endSecond - i, Quantity.LOST);
        }
        float worst = percent(lost, packets);
        long last = Math.floorDiv(endSecond, MINUTE_SECONDS) - 1; // the current minute is in the seconds
        for (int i = 0; i < HOUR_SECONDS / MINUTE_SECONDS; i++) {
            SampleRing minutes = ring(Resolution.MINUTE);
            worst = larger(
                    worst,
                    percent(minutes.get(last - i, Quantity.LOST), minutes.get(last - i, Quantity.PACKETS_PER_SECOND)));
        }
        return worst;
    }

    /** Returns the bytes that the values take. */
    public synchronized int bytes() {
        return rings.stream().mapToInt(SampleRing::bytes).sum();
    }

    /** Returns the memory to the budget. */
    public synchronized void release() {
        rings.forEach(SampleRing::release);
    }

    private SampleRing ring(Resolution resolution) {
        return rings.get(resolution.ordinal());
    }

    private static float percent(float lost, float packets) {
        return packets + lost > 0 ? 100 * lost / (packets + lost) : Float.NaN;
    }

    private static float larger(float a, float b) {
        return Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.max(a, b);
    }

    private static int mostBytes() {
        int chunks = 0;
        for (Resolution resolution : Resolution.values()) {
            chunks += resolution.steps() / SampleRing.CHUNK_STEPS + 1;
        }
        return chunks * SampleRing.CHUNK_BYTES;
    }
}
