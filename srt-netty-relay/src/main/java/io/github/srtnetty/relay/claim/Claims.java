// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.claim;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names that publishers of this node hold in the directory. At most one claim of a name is in progress. Any thread;
 * nothing waits.
 */
public final class Claims implements DirectoryListener {
    /** Closes the publisher whose claim is no longer valid. Must not wait. */
    @FunctionalInterface
    public interface Loser {
        /**
         * Is called at most once, on any thread.
         *
         * @param winner the entry of the claim that holds, or the lost one where none does
         * @param why the reason for the log
         */
        void lost(StreamEntry winner, String why);
    }

    private record Held(StreamEntry claim, Loser loser) {}

    private final StreamDirectory directory;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Creates the claims of a node; the caller adds them to the listeners of the directory. */
    public Claims(StreamDirectory directory) {
        this.directory = directory;
    }

    /**
     * Claims a name. A granted claim must be passed to {@link #hold}, or to {@link #release} if its publisher has
     * disconnected.
     *
     * @return completes with the outcome, on any thread, and never exceptionally
     */
    public CompletableFuture<ClaimOutcome> claim(String name) {
        if (!underWay.add(name)) {
            return CompletableFuture.completedFuture(
                    new ClaimOutcome.Refused("another connection is claiming the name"));
        }
        return directory.claim(name).toCompletableFuture().handle((outcome, failure) -> {
            if (outcome instanceof ClaimOutcome.Granted) {
                return outcome;
            }
            underWay.remove(name);
            return outcome == null ? new ClaimOutcome.Refused("the directory failed: " + failure) : outcome;
        });
    }

    /**
     * Notes that a publisher uses a claim.
     *
     * @param loser closes the publisher; called before this method returns if the claim is already lost
     */
    public void hold(StreamEntry claim, Loser loser) {
        Held mine = new Held(claim, loser);
        held.put(claim.name(), mine);
        underWay.remove(claim.name());
        StreamEntry now = directory.find(claim.name());
        if (now == null) {
            directory.release(claim);
            lose(mine, claim, "the claim was lost before it was used");
        } else if (!now.isSameClaim(claim)) {
            directory.release(claim); // otherwise it might win in the end, without a publisher
            lose(mine, now, "another claim was granted meanwhile");
        }
    }

    /** Gives a name back. May be called repeatedly. */
    public void release(StreamEntry claim) {
        if (forget(claim)) {
            directory.release(claim);
        }
    }

    /** Gives back a name that was granted when its publisher had left already. */
    public void abandon(StreamEntry claim) {
        underWay.remove(claim.name());
        directory.release(claim);
    }

    /** Gives all names back, so that other nodes accept their publishers; returns how many there were. */
    public int releaseAll() {
        Collection<Held> all = List.copyOf(held.values());
        all.forEach(one -> release(one.claim));
        return all.size();
    }

    /** Notes whether the publisher of a claim is silent. */
    public void silent(StreamEntry claim, boolean silent) {
        directory.silent(claim, silent);
    }

    /** Returns the claim with which a publisher of this node holds a name, null where there is none. */
    public @Nullable StreamEntry find(String name) {
        Held mine = held.get(name);
        return mine == null ? null : mine.claim;
    }

    /** Returns the claim with an id that a publisher of this node holds, null where there is none. */
    public @Nullable StreamEntry findById(String claimId) {
        return held.values().stream()
                .map(Held::claim)
                .filter(claim -> claim.claimId().equals(claimId))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether another node has a publisher of a stream that sends. Reads memory only. */
    public boolean isElsewhere(String name) {
        StreamEntry entry = directory.find(name);
        return entry != null
                && entry.state() == StreamEntry.State.LIVE
                && !entry.node().equals(directory.self());
    }

    /** Returns whether this node may accept publishers. Reads memory only. */
    public boolean acceptsPublishers() {
        return directory.acceptsPublishers();
    }

    /** Returns the name of this node. */
    public String node() {
        return directory.self();
    }

    /** Returns whether other nodes are members, which can take over the streams of this one. */
    public boolean hasOthers() {
        return directory.nodes().size() > 1;
    }

    @Override
    public void lost(StreamEntry claim, StreamEntry winner, String why) {
        Held mine = held.get(claim.name());
        if (mine != null && mine.claim.isSameClaim(claim)) {
            lose(mine, winner, why);
        }
    }

    private void lose(Held mine, StreamEntry winner, String why) {
        if (held.remove(mine.claim.name(), mine)) {
            mine.loser.lost(winner, why);
        }
    }

    private boolean forget(StreamEntry claim) {
        Held mine = held.get(claim.name());
        return mine != null && mine.claim.isSameClaim(claim) && held.remove(claim.name(), mine);
    }
}
