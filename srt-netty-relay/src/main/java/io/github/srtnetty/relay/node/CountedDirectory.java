// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A directory whose claims are counted. */
public final class CountedDirectory implements StreamDirectory {
    private final StreamDirectory directory;
    private final ClaimCounts counts;

    /** Counts the claims of a directory. */
    public CountedDirectory(StreamDirectory directory, ClaimCounts counts) {
        this.directory = directory;
        this.counts = counts;
        directory.watch(counts);
    }

    @Override
    public @Nullable StreamEntry find(String name) {
        return directory.find(name);
    }

    @Override
    public Collection<StreamEntry> streams() {
        return directory.streams();
    }

    @Override
    public CompletionStage<ClaimOutcome> claim(String name) {
        return directory.claim(name).thenApply(outcome -> {
            counts.add(outcome);
            return outcome;
        });
    }

    @Override
    public void release(StreamEntry claim) {
        directory.release(claim);
    }

    @Override
    public void silent(StreamEntry claim, boolean silent) {
        directory.silent(claim, silent);
    }

    @Override
    public boolean acceptsPublishers() {
        return directory.acceptsPublishers();
    }

    @Override
    public List<DirectoryNode> nodes() {
        return directory.nodes();
    }

    @Override
    public String self() {
        return directory.self();
    }

    @Override
    public void report(NodeReport report) {
        directory.report(report);
    }

    @Override
    public long repairs() {
        return directory.repairs();
    }

    @Override
    public long rejoins() {
        return directory.rejoins();
    }

    @Override
    public void watch(DirectoryListener listener) {
        directory.watch(listener);
    }

    @Override
    public void close() {
        directory.close();
    }
}
