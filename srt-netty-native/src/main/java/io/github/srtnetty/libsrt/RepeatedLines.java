// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits log lines that repeat, because libsrt logs some lines for each packet. Lines are similar if they have the same
 * level and area, and texts that differ only in words with digits, such as socket ids, sequence numbers and times. The
 * first {@value #AT_ONCE} of similar lines are logged at once. Later ones are counted, and reported in one line a
 * second with the text of the latest. After a second without a similar line, the limit starts again. Any thread.
 */
final class RepeatedLines {
    static final int AT_ONCE = 3;
    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    /**
     * Number of texts that are counted separately. Some texts quote the peer, and so their number has no bound. While
     * there are this many, all other lines of the same level and area are similar.
     */
    static final int MAX_TEXTS = 64;
    /** Number of counts. While there are this many, lines that belong to none of them are not limited. */
    static final int MAX_COUNTS = 2 * MAX_TEXTS;

    private static final char NUMBER = '#';

    /** The common properties of similar lines. */
    private record Kind(System.Logger.Level level, String area, String text) {}

    private record Report(Kind kind, long leftOut, long nanos, String latest) {}

    private static final class Count {
        private final long beginNanos;
        private int logged = 1;
        private long leftOut;
        private String latest = "";

        Count(long beginNanos) {
            this.beginNanos = beginNanos;
        }

        /** Returns a count for another period, in which all similar lines are left out. */
        static Count afterReport(long beginNanos) {
            Count count = new Count(beginNanos);
            count.logged = AT_ONCE;
            return count;
        }
    }

    /** In the order in which their periods began. */
    private final Map<Kind, Count> counts = new LinkedHashMap<>();

    /** Returns whether the line may be logged now; otherwise it is counted, and belongs to a later report. */
    boolean tryLine(LogLine line, long nowNanos) {
        Kind kind = new Kind(line.level(), line.area(), withoutNumbers(line.message()));
        synchronized (this) {
            Count count = counts.get(kind);
            if (count == null && counts.size() >= MAX_TEXTS) {
                kind = new Kind(line.level(), line.area(), "");
                count = counts.get(kind);
            }
            if (count == null) {
                if (counts.size() < MAX_COUNTS) {
                    counts.put(kind, new Count(nowNanos));
                }
                return true;
            }
            if (count.logged < AT_ONCE) {
                count.logged++;
                return true;
            }
            count.leftOut++;
            count.latest = line.message();
            return false;
        }
    }

    /** Returns a report whose period is over, or null if there is none. */
    @Nullable
    LogLine takeDueReport(long nowNanos) {
        return lineOf(takeReport(nowNanos, PERIOD_NANOS));
    }

    /** Returns a report even if its period is not over, or null if there is none. */
    @Nullable
    LogLine takeAnyReport(long nowNanos) {
        return lineOf(takeReport(nowNanos, Long.MIN_VALUE));
    }

    /** Returns the time until the next period is over, {@link Long#MAX_VALUE} if there is none. */
    synchronized long nanosToNextReport(long nowNanos) {
        Iterator<Count> oldest = counts.values().iterator();
        return oldest.hasNext() ? Math.max(0, oldest.next().beginNanos + PERIOD_NANOS - nowNanos) : Long.MAX_VALUE;
    }

    private synchronized @Nullable Report takeReport(long nowNanos, long minNanos) {
        while (!counts.isEmpty()) {
            Map.Entry<Kind, Count> oldest = counts.entrySet().iterator().next();
            Kind kind = oldest.getKey();
            Count count = oldest.getValue();
            long nanos = nowNanos - count.beginNanos;
            if (nanos < minNanos) {
                return null;
            }
            counts.remove(kind);
            if (count.leftOut > 0) {
                counts.put(kind, Count.afterReport(nowNanos));
                return new Report(kind, count.leftOut, nanos, count.latest);
            }
        }
        return null;
    }

    /** Makes the text, which takes long the first time: not under the lock, which threads of libsrt wait for. */
    private static @Nullable LogLine lineOf(@Nullable Report report) {
        if (report == null) {
            return null;
        }
        String text = report.leftOut == 1
                ? report.latest
                : String.format(
                        Locale.ROOT,
                        "%d similar lines in the last %.1f s, the latest: %s",
                        report.leftOut,
                        report.nanos / (double) TimeUnit.SECONDS.toNanos(1),
                        report.latest);
        return new LogLine(report.kind.level, report.kind.area, text);
    }

    /** Returns the text with {@code #} for each word that contains a digit, with its sign. */
    private static String withoutNumbers(String text) {
        StringBuilder kind = new StringBuilder(text.length());
        int word = 0; // where the current word begins
        boolean number = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                if (!number) {
                    kind.setLength(word);
                    kind.append(NUMBER);
                    number = true;
                }
            } else if (!Character.isLetter(c)) {
                if (c != '-') {
                    kind.append(c);
                }
                word = kind.length();
                number = false;
            } else if (!number) {
                kind.append(c);
            }
        }
        return kind.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
