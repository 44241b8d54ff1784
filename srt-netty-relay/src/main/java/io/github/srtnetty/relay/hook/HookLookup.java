// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.util.concurrent.CompletableFuture;

/** The immediate result of a look-up for a caller. */
public sealed interface HookLookup {
    /**
     * The decision is in memory.
     *
     * @param answer the decision
     */
    record Known(HookAnswer answer) implements HookLookup {}

    /**
     * The hook is being asked.
     *
     * @param answer completes with its answer, or with the decision for an outage; never fails
     * @param first whether this caller caused the question
     */
    record Asking(CompletableFuture<HookAnswer> answer, boolean first) implements HookLookup {}

    /** Too many questions are open, so no further one is asked. */
    record Busy() implements HookLookup {}
}
