// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entry of a name match this node's claim: adds a lost entry, removes an entry that this node does not
 * hold, and gives up a claim if another one is newer.
 */
final class Repair {
    private static final CompletionStage<Boolean> NOTHING = CompletableFuture.completedFuture(false);

    private final Entries entries;
    private final Registry registry;
    private final Changes changes;

    Repair(Entries entries, Registry registry, Changes changes) {
        this.entries = entries;
        this.registry = registry;
        this.changes = changes;
    }

    /** Returns whether the entry of a name differs from this node's claim; null means no entry. */
    boolean isNeeded(String name, @Nullable EntryText row) {
        StreamEntry claim = registry.held(name);
        if (claim == null) {
            return row != null && isOwn(row);
        }
        return row == null || !row.text().equals(textOf(claim).text());
    }

    /** Gives up a claim if the entry of another member outranks it; does not use the engine and never waits. */
    boolean giveUpIfOutranked(String name) {
        EntryText row = registry.row(name);
        StreamEntry claim = registry.held(name);
        return row != null && claim != null && giveUpIfOutranked(claim, row);
    }

    private boolean giveUpIfOutranked(StreamEntry claim, EntryText row) {
        if (!isOutranked(textOf(claim), row, registry.view())) {
            return false;
        }
        if (registry.drop(claim)) {
            changes.lost(claim, row.entry());
        }
        return true;
    }

    /** Repairs an entry; changes of its name must not overlap. Completes with whether something was changed. */
    CompletionStage<Boolean> repair(String name) {
        String text = registry.text(name);
        EntryText row = registry.row(name);
        StreamEntry claim = registry.held(name);
        if (claim == null) {
            return row != null && isOwn(row) ? entries.remove(name, row.text()) : NOTHING;
        }
        EntryText mine = textOf(claim);
        if (row != null && row.text().equals(mine.text())) {
            return NOTHING;
        }
        if (row != null && giveUpIfOutranked(claim, row)) {
            return CompletableFuture.completedFuture(true);
        }
        return entries.replace(name, text, mine.text()).thenApply(Entries.Result::done);
    }

    /**
     * Returns whether an entry ends the claim of this node: a newer one of another node that is there. An earlier run
     * of this node may stay in the view for seconds after it has left, and its entries never count.
     */
    static boolean isOutranked(EntryText mine, EntryText row, Members.View view) {
        boolean fromThisNode = Members.nodeOf(row.member()).equals(Members.nodeOf(view.self()));
        return !fromThisNode && view.has(row.member()) && row.outranks(mine);
    }

    private boolean isOwn(EntryText row) {
        return row.member().equals(registry.view().self());
    }

    private EntryText textOf(StreamEntry claim) {
        return EntryText.of(claim, registry.view().self());
    }
}
