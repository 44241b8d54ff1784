// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.directory.StreamEntry.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a node in a cluster, composed of parts with one task each. */
final class ClusterDirectory implements StreamDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDirectory.class);

    /** Three seconds; by then nodes that joined have stated their claims. */
    private static final int LOOKS_AFTER_VIEW = 15;

    private final Engine engine;
    private final ClusterPolicy policy;
    private final Threads threads = new Threads();
    private final Registry registry;
    private final Entries entries;
    private final PerName names;
    private final Changes changes;
    private final Audit audit;
    private final Restatement restatement;
    private final Claims claims;
    private final Quorum quorum;
    private final NodeRows rows;
    private final Rejoin rejoin;
    private final JoinWatch joins;
    private volatile boolean closed;

    /** Takes ownership of the engine and closes it. */
    ClusterDirectory(Engine engine, ClusterSettings settings, String pullAddress, ClusterPolicy policy) {
        this.engine = engine;
        this.policy = policy;
        registry = new Registry(engine);
        RecentNames recent = new RecentNames(policy.recent());
        entries = new Entries(engine, registry, recent);
        names = new PerName(threads.changes());
        changes = new Changes(threads.events());
        Repair repair = new Repair(entries, registry, changes);
        audit = new Audit(engine, registry, entries, names, repair, changes, policy);
        restatement = new Restatement(entries, registry, recent, names, policy);
        quorum = new Quorum(engine::nodesSeen, settings);
        claims = new Claims(entries, registry, quorum, pullAddress, threads.changes());
        rows = new NodeRows(engine);
        rejoin = new Rejoin(engine, threads);
        joins = new JoinWatch(policy);
        engine.onChange(this::entryChanged);
        engine.onOutvoted(() -> rejoin.start("another part of the cluster keeps its entries"));
        engine.members().onChange(() -> threads.once(this::viewChanged));
        threads.every(policy.audit(), audit::run);
        threads.every(policy.audit(), restatement::run);
        threads.every(policy.report(), rows::state);
        threads.every(policy.report(), this::watchJoins);
    }

    @Override
    public @Nullable StreamEntry find(String name) {
        return closed ? null : registry.find(name);
    }

    @Override
    public Collection<StreamEntry> streams() {
        return closed ? List.of() : registry.streams();
    }

    @Override
    public CompletionStage<ClaimOutcome> claim(String name) {
        if (closed) {
            return CompletableFuture.completedFuture(new ClaimOutcome.Refused("this node has left the cluster"));
        }
        return names.run(name, () -> claims.claim(name))
                .exceptionally(failure -> new ClaimOutcome.Refused(Failures.inOneLine(failure)))
                .whenComplete((outcome, failure) -> changes.changed(name));
    }

    @Override
    public void release(StreamEntry claim) {
        releaseAsync(claim);
    }

    @Override
    public void silent(StreamEntry claim, boolean silent) {
        if (registry.note(claim, silent ? State.SILENT : State.LIVE)) {
            changes.changed(claim.name());
            audit.repairIfNeeded(claim.name());
        }
    }

    @Override
    public boolean acceptsPublishers() {
        return quorum.holds();
    }

    @Override
    public List<DirectoryNode> nodes() {
        return rows.nodes();
    }

    @Override
    public String self() {
        return Members.nodeOf(registry.view().self());
    }

    @Override
    public void report(NodeReport report) {
        rows.report(report);
    }

    @Override
    public long repairs() {
        return audit.repairs();
    }

    @Override
    public long rejoins() {
        return rejoin.count();
    }

    @Override
    public void watch(DirectoryListener listener) {
        changes.watch(listener);
    }

    /** Releases the claims first, so that their names are free before the node is gone; then leaves. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        claims.stop();
        List<CompletableFuture<Boolean>> releases = new ArrayList<>();
        for (StreamEntry claim : List.copyOf(registry.allHeld())) {
            releases.add(releaseAsync(claim));
        }
        CompletableFuture.allOf(releases.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, policy.leave().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null)
                .join();
        threads.stopChanges();
        engine.close();
        threads.close();
    }

    private CompletableFuture<Boolean> releaseAsync(StreamEntry claim) {
        if (!registry.drop(claim)) {
            return CompletableFuture.completedFuture(false); // of another node, or one that was lost or released
        }
        changes.changed(claim.name());
        return names.run(claim.name(), () -> entries.remove(claim)).exceptionally(failure -> {
            LOG.debug("a release failed, the audit tries again: {}", Failures.inOneLine(failure));
            return false;
        });
    }

    private void watchJoins() {
        Members.View view = registry.view();
        boolean stuck = joins.isStuck(engine.notAdmitted(), System.nanoTime());
        if (stuck && view.isCoordinator(view.self())) {
            rejoin.start("it did not let another node in");
        }
    }

    /** Leaves and rejoins the cluster soon; for tests. */
    void rejoin(String why) {
        rejoin.start(why);
    }

    /** Returns whether this node is about to rejoin the cluster, or not in it yet; for tests. */
    boolean isRejoining() {
        return rejoin.isPending() || !engine.joined().toCompletableFuture().isDone();
    }

    /** Returns whether no change of a name is in progress here; for tests. */
    boolean isSettled(String name) {
        return audit.isSettled(name);
    }

    /** Returns the engine, for tests. */
    Engine engine() {
        return engine;
    }

    private void entryChanged(String name) {
        changes.changed(name);
        audit.repairIfNeeded(name);
    }

    private void viewChanged() {
        LOG.debug("the view is {}", registry.view().ids());
        audit.run();
        changes.nodesChanged(rows.nodes());
        for (int i = 1; i <= LOOKS_AFTER_VIEW; i++) {
            threads.after(policy.afterView().multipliedBy(i), audit::run);
        }
        long view = restatement.viewChanged();
        threads.after(policy.restate(), () -> restatement.begin(view));
        threads.after(policy.restateAgain(), () -> restatement.begin(view));
    }
}
