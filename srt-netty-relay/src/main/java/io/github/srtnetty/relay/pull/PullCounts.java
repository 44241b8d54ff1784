// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import java.util.concurrent.atomic.LongAdder;

/** Counts the pulls of this node. Any thread. */
public final class PullCounts {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Returns the number of attempts to pull a stream, including retries. */
    public LongAdder attempts() {
        return attempts;
    }

    /** Returns the number of attempts that failed. */
    public LongAdder failures() {
        return failures;
    }
}
