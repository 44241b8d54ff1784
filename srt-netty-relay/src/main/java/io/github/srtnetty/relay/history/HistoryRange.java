// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The length of a history and its step. */
public enum HistoryRange {
    ONE_MINUTE("1m", 60, Resolution.SECOND),
    TEN_MINUTES("10m", 600, Resolution.SECOND),
    ONE_HOUR("1h", 3600, Resolution.TEN_SECONDS),
    ONE_DAY("24h", 86_400, Resolution.MINUTE);

    /** A resolution in which samples are kept, and for how many steps. */
    enum Resolution {
        SECOND(1, 600),
        TEN_SECONDS(10, 360),
        MINUTE(60, 1440);

        private final int stepSeconds;
        private final int steps;

        Resolution(int stepSeconds, int steps) {
            this.stepSeconds = stepSeconds;
            this.steps = steps;
        }

        int stepSeconds() {
            return stepSeconds;
        }

        int steps() {
            return steps;
        }
    }

    private final String key;
    private final int seconds;
    private final Resolution resolution;

    HistoryRange(String key, int seconds, Resolution resolution) {
        this.key = key;
        this.seconds = seconds;
        this.resolution = resolution;
    }

    /** Returns the range with a name, null where there is none. */
    public static @Nullable HistoryRange named(String key) {
        return Arrays.stream(values())
                .filter(range -> range.key.equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Returns its name: 1m, 10m, 1h or 24h. */
    public String key() {
        return key;
    }

    /** Returns its length in seconds. */
    public int seconds() {
        return seconds;
    }

    /** Returns the seconds between two samples. */
    public int stepSeconds() {
        return resolution.stepSeconds;
    }

    Resolution resolution() {
        return resolution;
    }
}
