// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the copy of all entries with the previous look, the view and the claims of this node. The engine
 * does not report changes made by a merge, so only this comparison finds them. Not thread-safe.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Engine engine;
    private final Registry registry;
    private final Entries entries;
    private final PerName names;
    private final Repair repair;
    private final Changes changes;
    private final long removeDeadNanos;
    private final Map<String, Seen> seen = new HashMap<>();
    private final LongAdder repairs = new LongAdder();
    private Members.View lastView;
    private long pass;

    /** An entry at the last look. */
    private static final class Seen {
        private String text = "";
        private @Nullable EntryText row;
        private @Nullable StreamEntry counts;
        /** The claim of this node that the text agrees with. */
        private @Nullable StreamEntry agreed;

        private long pass;
        /** When its member was first found missing, 0 while it is present. */
        private long goneNanos;
    }

    Audit(
            Engine engine,
            Registry registry,
            Entries entries,
            PerName names,
            Repair repair,
            Changes changes,
            ClusterPolicy policy) {
        this.engine = engine;
        this.registry = registry;
        this.entries = entries;
        this.names = names;
        this.repair = repair;
        this.changes = changes;
        this.removeDeadNanos = policy.removeDead().toNanos();
        this.lastView = registry.view();
    }

    /** Checks all entries: reports changes, repairs entries of this node, removes entries of dead members. */
    void run() {
        Members.View view = registry.view();
        boolean sameView = view == lastView;
        if (!view.self().equals(lastView.self())) {
            seen.values().forEach(last -> last.agreed = null); // they belong to an earlier run of the engine
        }
        lastView = view;
        pass++;
        for (Map.Entry<String, String> entry : engine.entries()) {
            look(entry.getKey(), entry.getValue(), view, sameView);
        }
        forgetRemoved();
        registry.allHeld().forEach(this::lookAtClaim);
    }

    /** Repairs an entry that differs from its claim; an entry that matched before is not compared again. */
    private void lookAtClaim(StreamEntry claim) {
        Seen last = seen.get(claim.name());
        if (last != null && last.agreed == claim) {
            return;
        }
        if (last == null || repair.isNeeded(claim.name(), last.row)) {
            repairAudited(claim.name());
        } else {
            last.agreed = claim;
        }
    }

    /** Repairs the entry of a name after a change if this node holds the name. Thread-safe; does not wait. */
    void repairIfNeeded(String name) {
        if (!names.isBusy(name) && repair.isNeeded(name, registry.row(name))) {
            startRepair(name);
        }
    }

    /** Returns whether no change of a name is in progress here and its entry matches this node's claim. */
    boolean isSettled(String name) {
        return !names.isBusy(name) && !repair.isNeeded(name, registry.row(name));
    }

    /** Returns how many entries of this node differed from its claims in a check of all entries. */
    long repairs() {
        return repairs.sum();
    }

    private void repairAudited(String name) {
        if (repair.giveUpIfOutranked(name)) {
            repairs.increment();
        } else if (!names.isBusy(name) && repair.isNeeded(name, registry.row(name))) {
            startRepair(name).thenAccept(done -> repairs.add(done ? 1 : 0));
        }
    }

    private CompletionStage<Boolean> startRepair(String name) {
        return names.run(name, () -> repair.repair(name)).exceptionally(failure -> {
            LOG.debug("a repair failed; the next audit retries it: {}", Failures.inOneLine(failure));
            return false;
        });
    }

    private void look(String name, String text, Members.View view, boolean sameView) {
        Seen last = seen.computeIfAbsent(name, key -> new Seen());
        last.pass = pass;
        boolean sameText = last.text.equals(text);
        if (!sameText) {
            last.text = text;
            last.row = EntryText.parse(name, text);
            last.goneNanos = 0;
            last.agreed = null;
        }
        EntryText row = last.row;
        boolean own = row != null && row.member().equals(view.self());
        StreamEntry held = own ? registry.held(name) : null;
        boolean sameCount = !own || held != null && held == last.counts;
        if (sameText && sameView && sameCount && last.goneNanos == 0) {
            return;
        }
        if (own && held == null) {
            repairAudited(name);
        }
        removeIfDead(name, last, view);
        StreamEntry counts = registry.find(name);
        boolean differs = !Objects.equals(counts, last.counts);
        last.counts = counts;
        if (differs) {
            changes.changed(name);
        }
    }

    /** Readers ignore the entry of a dead member at once; the coordinator removes it when no merge is expected. */
    private void removeIfDead(String name, Seen last, Members.View view) {
        if (last.row != null && view.has(last.row.member())) {
            last.goneNanos = 0;
            return;
        }
        long now = System.nanoTime();
        if (last.goneNanos == 0) {
            last.goneNanos = now;
        } else if (view.isCoordinator(view.self()) && now - last.goneNanos > removeDeadNanos && !names.isBusy(name)) {
            names.run(name, () -> entries.remove(name, last.text)).exceptionally(failure -> false);
        }
    }

    private void forgetRemoved() {
        Iterator<Map.Entry<String, Seen>> all = seen.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Seen> entry = all.next();
            if (entry.getValue().pass != pass) {
                all.remove();
                if (entry.getValue().counts != null) {
                    changes.changed(entry.getKey());
                }
            }
        }
    }
}
