// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.util.concurrent.CompletableFuture;

/** The knowledge about a caller at once. */
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
     * @param answer completes with its answer, or with what holds while it is down; never fails
     * @param first whether this caller caused the question
     */
    record Asking(CompletableFuture<HookAnswer> answer, boolean first) implements HookLookup {}

    /** So many questions are open that no other one is asked. */
    record Busy() implements HookLookup {}
}
