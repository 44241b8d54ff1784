// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a relay that runs alone: its own streams, in memory. Listeners are called on the caller's thread.
 */
public final class LocalStreamDirectory implements StreamDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStreamDirectory.class);
    private static final String NODE = "local";

    private final Map<String, StreamEntry> entries = new ConcurrentHashMap<>();
    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private final Instant since = Instant.now();
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable NodeReport report;
    private volatile boolean closed;

    @Override
    public @Nullable StreamEntry find(String name) {
        return entries.get(name);
    }

    @Override
    public Collection<StreamEntry> streams() {
        return List.copyOf(entries.values());
    }

    @Override
    public CompletionStage<ClaimOutcome> claim(String name) {
        if (closed) {
            return CompletableFuture.completedFuture(new ClaimOutcome.Refused("the relay ends"));
        }
        StreamEntry claim = entries.compute(name, (key, before) -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            long epoch = before == null ? now.toEpochMilli() : Math.max(before.epoch() + 1, now.toEpochMilli());
            return new StreamEntry(name, NODE, UUID.randomUUID().toString(), epoch, "", now, StreamEntry.State.LIVE);
        });
        changed(name);
        return CompletableFuture.completedFuture(new ClaimOutcome.Granted(claim));
    }

    @Override
    public void release(StreamEntry claim) {
        entries.computeIfPresent(claim.name(), (key, current) -> current.isSameClaim(claim) ? null : current);
        changed(claim.name());
    }

    @Override
    public void silent(StreamEntry claim, boolean silent) {
        StreamEntry.State state = silent ? StreamEntry.State.SILENT : StreamEntry.State.LIVE;
        entries.computeIfPresent(
                claim.name(), (key, current) -> current.isSameClaim(claim) ? current.with(state) : current);
        changed(claim.name());
    }

    @Override
    public boolean acceptsPublishers() {
        return true;
    }

    @Override
    public List<DirectoryNode> nodes() {
        return List.of(new DirectoryNode(NODE, true, true, since, report));
    }

    @Override
    public String self() {
        return NODE;
    }

    @Override
    public void report(NodeReport newest) {
        report = newest;
    }

    @Override
    public void watch(DirectoryListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        entries.clear();
    }

    private void changed(String name) {
        for (DirectoryListener listener : listeners) {
            try {
                listener.changed(name);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the directory failed", e);
            }
        }
    }
}
