// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.concurrent.atomic.LongAdder;

/** Counts the claims of this node. Any thread. */
public final class ClaimCounts implements DirectoryListener {
    private final LongAdder granted = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder lost = new LongAdder();

    /** Counts the outcome of a claim. */
    void add(ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Granted) {
            granted.increment();
        } else if (outcome instanceof ClaimOutcome.Taken) {
            taken.increment();
        } else {
            refused.increment();
        }
    }

    @Override
    public void lost(StreamEntry claim, StreamEntry winner, String why) {
        lost.increment();
    }

    /** Returns the number of claims that were granted. */
    public LongAdder granted() {
        return granted;
    }

    /** Returns the number of claims of names that another publisher had. */
    public LongAdder taken() {
        return taken;
    }

    /** Returns the number of claims that the cluster did not decide. */
    public LongAdder refused() {
        return refused;
    }

    /** Returns the number of granted claims that another one replaced after a split. */
    public LongAdder lost() {
        return lost;
    }
}
