// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.util.List;

/** Is notified of changes of a {@link StreamDirectory}. Its methods must not wait. */
public interface DirectoryListener {
    /**
     * Is called after the entry of a stream may have changed, and by the audit every second for each name whose entry
     * differs from the previous one. {@link StreamDirectory#find} returns the current entry.
     */
    default void changed(String name) {}

    /** Is called when nodes have joined or left, after {@link #changed} of the affected names. */
    default void nodesChanged(List<DirectoryNode> nodes) {}

    /**
     * Is called when a claim of this node is no longer valid because another claim won after a split: its
     * publisher must be closed, and its players must receive the stream of the winner. This may happen before the
     * claimant has the outcome.
     *
     * @param why the reason for the log, for example "the claim of b is newer"
     */
    default void lost(StreamEntry claim, StreamEntry winner, String why) {}
}
