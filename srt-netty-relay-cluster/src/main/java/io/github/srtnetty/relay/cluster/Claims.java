// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClaimOutcome.Granted;
import io.github.srtnetty.relay.directory.ClaimOutcome.Refused;
import io.github.srtnetty.relay.directory.ClaimOutcome.Taken;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.directory.StreamEntry.State;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Claims names for publishers of this node. A claim is one atomic change that compares with the existing entry, so
 * exactly one of two nodes that claim a name at the same moment gets it.
 */
final class Claims {
    /** How often a claim is retried because another change was faster. */
    private static final int TRIES = 8;
    /** By then the change that was faster has arrived here. */
    private static final long PAUSE_MILLIS = 5;

    private final Entries entries;
    private final Registry registry;
    private final Quorum quorum;
    private final String pullAddress;
    private final Executor pause;
    private volatile boolean closing;

    Claims(Entries entries, Registry registry, Quorum quorum, String pullAddress, Executor executor) {
        this.entries = entries;
        this.registry = registry;
        this.quorum = quorum;
        this.pullAddress = pullAddress;
        this.pause = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, executor);
    }

    /**
     * Claims a name; changes of it must not overlap. Never fails: a failure of the engine is reported in the outcome.
     */
    CompletionStage<ClaimOutcome> claim(String name) {
        String claimId = UUID.randomUUID().toString();
        return attempt(name, claimId, registry.text(name), TRIES)
                .handle((outcome, failure) -> {
                    if (failure == null) {
                        return outcome;
                    }
                    EntryText row = registry.row(name); // the change may have been made anyway
                    return row != null && row.entry().claimId().equals(claimId)
                            ? grant(row)
                            : new Refused("the cluster did not answer: " + Failures.inOneLine(failure));
                })
                .thenCompose(this::unlessInMinority);
    }

    /** Rejects all further claims. */
    void stop() {
        closing = true;
    }

    private CompletionStage<ClaimOutcome> attempt(String name, String claimId, @Nullable String before, int tries) {
        if (closing) {
            return completed(new Refused("this node is leaving the cluster"));
        }
        if (!quorum.holds()) {
            return completed(new Refused(quorum.reason()));
        }
        EntryText row = before == null ? null : EntryText.parse(name, before);
        if (row != null && row.entry().claimId().equals(claimId)) {
            return completed(grant(row)); // made by an attempt whose answer was lost
        }
        if (row != null && isOfAnother(row)) {
            return completed(new Taken(row.entry()));
        }
        if (tries == 0) {
            return completed(new Refused("other nodes are changing the entry of this name"));
        }
        EntryText mine = EntryText.of(fresh(name, claimId, row), registry.view().self());
        return entries.replace(name, before, mine.text())
                .thenCompose(result -> result.done()
                        ? completed(grant(mine))
                        : CompletableFuture.supplyAsync(() -> result.found(), pause)
                                .thenCompose(found -> attempt(name, claimId, found, tries - 1)));
    }

    /** Returns whether an entry keeps its name: its member is another one, is present, and its publisher sends. */
    private boolean isOfAnother(EntryText row) {
        Members.View view = registry.view();
        return !row.member().equals(view.self())
                && view.has(row.member())
                && row.entry().state() == State.LIVE;
    }

    private StreamEntry fresh(String name, String claimId, @Nullable EntryText before) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis()); // as exact as the text
        long epoch = Math.max(before == null ? 0 : before.entry().epoch() + 1, now.toEpochMilli());
        String node = Members.nodeOf(registry.view().self());
        return new StreamEntry(name, node, claimId, epoch, pullAddress, now, State.LIVE);
    }

    private ClaimOutcome grant(EntryText row) {
        registry.hold(row.entry());
        return new Granted(row.entry());
    }

    /** Releases a claim that completed only because a split began and its other nodes are gone. */
    private CompletionStage<ClaimOutcome> unlessInMinority(ClaimOutcome outcome) {
        if (!(outcome instanceof Granted granted) || quorum.holds()) {
            return completed(outcome);
        }
        registry.drop(granted.claim());
        return entries.remove(granted.claim()).handle((removed, failure) -> new Refused(quorum.reason()));
    }

    private static CompletionStage<ClaimOutcome> completed(ClaimOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
