// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import java.util.Locale;

/** Why the relay closed a publisher; the label {@code cause} of the metric. */
public enum CloseCause {
    BIT_RATE,
    NO_DATA,
    IDLE,
    /** The name has another publisher. */
    NAME_TAKEN,
    /** The directory did not grant the name. */
    NO_CLAIM,
    /** After a split of the cluster the claim of another node holds. */
    CLAIM_LOST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
