// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Records which node publishes which stream, so a name has one publisher in a cluster and the other nodes know
 * where to pull it. A node is the authority for its own entries and restores lost ones. An entry is valid as long as
 * its node is a member; it has no time limit.
 *
 * <p>Threads: any. Only {@link #claim}, {@link #release} and {@link #silent} change the cluster; they return
 * immediately and work on a thread of the directory.
 */
public interface StreamDirectory extends AutoCloseable {
    /**
     * Returns the entry of a stream whose node is a member, null where there is none. Reads memory only and never
     * waits, whatever the other nodes do: the accept filter calls it on libsrt's receive thread.
     */
    @Nullable
    StreamEntry find(String name);

    /** Returns the entries whose nodes are members, from memory. */
    Collection<StreamEntry> streams();

    /**
     * Claims a name for a publisher of this node. The entry of another node is replaced only where it is
     * {@link StreamEntry.State#SILENT silent} or that node is no member; one of this node is always replaced.
     *
     * @return completes with the outcome, on any thread, and never exceptionally. A granted claim may be lost before
     *     the caller uses it; {@link #find} then does not return it
     */
    CompletionStage<ClaimOutcome> claim(String name);

    /** Releases a name; no effect if the entry is not this claim's. On return, the name is free on this node. */
    void release(StreamEntry claim);

    /** Notes whether the publisher of a claim is silent, so another node may take over its name. */
    void silent(StreamEntry claim, boolean silent);

    /** Returns whether this node may accept publishers: false in a minority after a split, if so configured. */
    boolean acceptsPublishers();

    /** Returns the members, this node among them, ordered by name. */
    List<DirectoryNode> nodes();

    /** Returns the name of this node. */
    String self();

    /** Publishes the row of this node in {@link #nodes()}. */
    void report(NodeReport report);

    /**
     * Returns the number of entries that audits have restored because they were lost, or removed because they were left
     * over.
     */
    default long repairs() {
        return 0;
    }

    /** Returns how often this node has rejoined because another part of a split kept its entries. */
    default long rejoins() {
        return 0;
    }

    /** Adds a listener; it is called on a thread of the directory, one call at a time. */
    void watch(DirectoryListener listener);

    /** Releases the claims of this node and leaves the cluster. */
    @Override
    void close();
}
