// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Atomic changes of an entry in the whole cluster. */
final class Entries {
    private static final Result DONE = new Result(true, null);

    /** An entry that no node reads: it means "none", and all copies receive it. */
    private static final String MARK = "0";

    private final Engine engine;
    private final Registry registry;
    private final RecentNames recent;

    /**
     * The result of a change.
     *
     * @param done whether the entry was as expected, and was changed
     * @param found the entry found instead, as far as this node knows; null for none
     */
    record Result(boolean done, @Nullable String found) {}

    Entries(Engine engine, Registry registry, RecentNames recent) {
        this.engine = engine;
        this.registry = registry;
        this.recent = recent;
    }

    /** Replaces an entry if it is as expected, or adds one if none is expected. */
    CompletionStage<Result> replace(String name, @Nullable String expected, String text) {
        recent.changed(name);
        if (expected == null) {
            return engine.joined()
                    .thenCompose(cache -> cache.putIfAbsentAsync(name, text))
                    .thenApply(before -> before == null ? DONE : new Result(false, before));
        }
        return engine.joined()
                .thenCompose(cache -> cache.replaceAsync(name, expected, text))
                .thenApply(done -> done ? DONE : new Result(false, registry.text(name)));
    }

    /** Removes an entry if it is as expected. */
    CompletionStage<Boolean> remove(String name, String expected) {
        recent.changed(name);
        return engine.joined().thenCompose(cache -> cache.removeAsync(name, expected));
    }

    /** Removes the entry of a claim, whatever its state; completes with whether none is left. */
    CompletionStage<Boolean> remove(StreamEntry claim) {
        EntryText row = registry.row(claim.name());
        if (row == null || !row.entry().isSameClaim(claim)) {
            return CompletableFuture.completedFuture(true);
        }
        return remove(claim.name(), row.text());
    }

    /**
     * Adds an entry that no node can read if the owner of the name has none; a copy that still had one loses it.
     * Completes with the entry of the owner, which may be the added one.
     */
    CompletionStage<String> mark(String name) {
        return engine.joined()
                .thenCompose(cache -> cache.putIfAbsentAsync(name, MARK))
                .thenApply(before -> before == null ? MARK : before);
    }
}
