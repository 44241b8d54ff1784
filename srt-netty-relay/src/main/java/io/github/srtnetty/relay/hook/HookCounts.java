// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of the hook since the start of the relay, across reloads. Any thread.
 *
 * @param asked questions that were sent
 * @param allowed answers that admitted a caller
 * @param rejected answers that rejected a caller
 * @param failed questions without a usable answer
 * @param cached callers that an earlier answer decided about
 * @param shared callers that waited for the question of another one
 * @param unasked callers that arrived while the hook was down
 */
public record HookCounts(
        LongAdder asked,
        LongAdder allowed,
        LongAdder rejected,
        LongAdder failed,
        LongAdder cached,
        LongAdder shared,
        LongAdder unasked) {
    /** Creates numbers that are 0. */
    public HookCounts() {
        this(
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder());
    }
}
