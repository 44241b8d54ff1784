// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The latency that a link needs by the table of Haivision's SRT Deployment Guide, compared with the configured one.
 *
 * <table>
 * <caption>By the worst loss</caption>
 * <tr><th>loss</th><th>RTT multiplier</th><th>overhead</th><th>least latency (RTT up to 20 ms)</th></tr>
 * <tr><td>up to 1 %</td><td>3</td><td>33 %</td><td>60 ms</td></tr>
 * <tr><td>up to 3 %</td><td>4</td><td>25 %</td><td>80 ms</td></tr>
 * <tr><td>up to 7 %</td><td>5</td><td>20 %</td><td>100 ms</td></tr>
 * <tr><td>up to 10 %</td><td>6</td><td>17 %</td><td>120 ms</td></tr>
 * </table>
 *
 * @param level how the configured latency compares
 * @param recommendedMillis the latency that the table gives, 0 where it gives none
 * @param overheadPercent the corresponding bandwidth overhead, 0 where it gives none
 * @param sentence the same for a person
 */
public record LatencyAdvice(Level level, int recommendedMillis, int overheadPercent, String sentence) {
    /** How good a latency is; a page gives each a colour. */
    public enum Level {
        /** As much as the table gives, or more. */
        OK,
        /** Less than the table gives: not every retransmission arrives in time. */
        LOW,
        /** Less than one retransmission takes, or more loss than the table knows. */
        BAD,
        /** Nothing was measured. */
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record LossClass(double mostPercent, int multiplier, int overheadPercent, int leastMillis) {}

    private static final LossClass[] TABLE = {
        new LossClass(1, 3, 33, 60),
        new LossClass(3, 4, 25, 80),
        new LossClass(7, 5, 20, 100),
        new LossClass(10, 6, 17, 120)
    };
    /** A retransmission takes one round trip, and another one if the report is lost. */
    private static final int LEAST_ROUND_TRIPS = 2;

    /**
     * Compares the configured latency with the advice.
     *
     * @param worstRttMillis the longest round-trip time, NaN where it is unknown
     * @param worstLossPercent the part of packets lost in the worst minute, NaN where it is unknown
     * @param latencyMillis the negotiated latency
     */
    public static LatencyAdvice of(double worstRttMillis, double worstLossPercent, int latencyMillis) {
        if (!(worstRttMillis > 0) || !(worstLossPercent >= 0) || latencyMillis <= 0) {
            return new LatencyAdvice(Level.UNKNOWN, 0, 0, "Not enough was measured for advice.");
        }
        LossClass row = row(worstLossPercent);
        if (row == null) {
            return new LatencyAdvice(
                    Level.BAD,
                    0,
                    0,
                    text("The loss was %.1f %%: no latency helps above 10 %%. Lower the bit rate.", worstLossPercent));
        }
        int needed = Math.max(row.leastMillis, (int) Math.ceil(row.multiplier * worstRttMillis));
        String reason = text(
                "worst RTT %.1f ms, loss %.1f %%: %d times the RTT, at least %d ms",
                worstRttMillis, worstLossPercent, row.multiplier, row.leastMillis);
        Level level = latencyMillis >= needed
                ? Level.OK
                : latencyMillis >= LEAST_ROUND_TRIPS * worstRttMillis ? Level.LOW : Level.BAD;
        String sentence = switch (level) {
            case OK -> text("The latency of %d ms is enough: %d ms are needed (%s).", latencyMillis, needed, reason);
            case LOW -> text("The latency of %d ms is low: set %d ms or more (%s).", latencyMillis, needed, reason);
            default ->
                text(
                        "The latency of %d ms leaves no time for a retransmission: set %d ms or more (%s).",
                        latencyMillis, needed, reason);
        };
        return new LatencyAdvice(
                level, needed, row.overheadPercent, sentence + " Overhead: " + row.overheadPercent + " %.");
    }

    private static @Nullable LossClass row(double lossPercent) {
        for (LossClass row : TABLE) {
            if (lossPercent <= row.mostPercent) {
                return row;
            }
        }
        return null;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
