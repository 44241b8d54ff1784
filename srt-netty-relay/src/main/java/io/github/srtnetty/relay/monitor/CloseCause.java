// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import java.util.Locale;

/** Why the relay closed a publisher; the label {@code cause} of the metric. */
public enum CloseCause {
    BIT_RATE,
    NO_DATA,
    IDLE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
