// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Atomic changes of an entry in the whole cluster. */
final class Entries {
    private static final Result DONE = new Result(true, null);

    /** An entry that no node reads: it stands for none, and all copies get it. */
    private static final String MARK = "0";

    private final Engine engine;
    private final Registry registry;
    private final RecentNames recent;

    /**
     * The result of a change.
     *
     * @param done whether the entry was as expected, and was changed
     * @param found what was there instead, as far as this node knows; null for nothing
     */
    record Result(boolean done, @Nullable String found) {}

    Entries(Engine engine, Registry registry, RecentNames recent) {
        this.engine = engine;
        this.registry = registry;
        this.recent = recent;
    }

    /** Replaces an entry, or adds one where nothing is expected, if it is as expected. */
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

    /** Removes the entry of a claim, whatever its state; completes with whether there is none left. */
    CompletionStage<Boolean> remove(StreamEntry claim) {
        EntryText row = registry.row(claim.name());
        if (row == null || !row.entry().isSameClaim(claim)) {
            return CompletableFuture.completedFuture(true);
        }
        return remove(claim.name(), row.text());
    }

    /**
     * Adds an entry that no node can read where the owner of the name has none; a copy that had one all the same loses
     * it. Completes with the entry of the owner, which may be that one.
     */
    CompletionStage<String> mark(String name) {
        return engine.joined()
                .thenCompose(cache -> cache.putIfAbsentAsync(name, MARK))
                .thenApply(before -> before == null ? MARK : before);
    }
}
