// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites the entries of this node after each change of the view, and repeats its recent removals: a change made
 * while the engine has two views may reach only some copies, and no copy shows that others differ. A rewrite is an
 * ordinary change that reaches every copy. It compares with the copy of the owner of the name, so it does not overwrite
 * a newer claim of another node. Not thread-safe.
 */
final class Restatement {
    private static final Logger LOG = LoggerFactory.getLogger(Restatement.class);

    private final Entries entries;
    private final Registry registry;
    private final RecentNames recent;
    private final PerName names;
    private final int atOnce;
    private final Set<String> waiting = new LinkedHashSet<>();
    private long view;

    Restatement(Entries entries, Registry registry, RecentNames recent, PerName names, ClusterPolicy policy) {
        this.entries = entries;
        this.registry = registry;
        this.recent = recent;
        this.names = names;
        this.atOnce = policy.restateAtOnce();
    }

    /**
     * Ends the current run, because a node that joins gets all entries first.
     *
     * @return the number of this view, for {@link #begin}
     */
    long viewChanged() {
        waiting.clear();
        return ++view;
    }

    /** Makes the next runs state all names again, unless a newer view has arrived. */
    void begin(long ofView) {
        if (ofView == view) {
            waiting.addAll(recent.all());
            registry.allHeld().forEach(claim -> waiting.add(claim.name()));
        }
    }

    /** States some of the waiting names; does not wait for completion. */
    void run() {
        recent.forgetOld();
        Iterator<String> next = waiting.iterator();
        for (int i = 0; i < atOnce && next.hasNext(); i++) {
            String name = next.next();
            next.remove();
            names.run(name, () -> state(name)).exceptionally(failure -> {
                LOG.debug("an entry was not rewritten: {}", Failures.inOneLine(failure));
                return false;
            });
        }
    }

    /** Makes all copies of an entry the same; changes of its name must not overlap. */
    private CompletionStage<Boolean> state(String name) {
        return entries.mark(name).thenCompose(found -> {
            StreamEntry claim = registry.held(name);
            String self = registry.view().self();
            EntryText row = EntryText.parse(name, found);
            boolean own = row == null || row.member().equals(self);
            if (!own) {
                return entries.replace(name, found, found).thenApply(Entries.Result::done);
            }
            return claim == null
                    ? entries.remove(name, found)
                    : entries.replace(name, found, EntryText.of(claim, self).text())
                            .thenApply(Entries.Result::done);
        });
    }
}
