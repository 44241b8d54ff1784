// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.util.List;

/** Is notified of changes of a {@link StreamDirectory}. Its methods must not wait. */
public interface DirectoryListener {
    /**
     * Is called after the entry of a stream may have changed, and by the audit of each second for every name whose
     * entry differs from the one before: {@link StreamDirectory#find} has what holds now.
     */
    default void changed(String name) {}

    /** Is called when nodes have joined or left, after {@link #changed} of the names that this changes. */
    default void nodesChanged(List<DirectoryNode> nodes) {}

    /**
     * Is called when a claim of this node does not hold any more, because another claim won after a split: its
     * publisher must be closed, and its players be fed from the winner. This may be before the one who claimed has the
     * outcome.
     *
     * @param why the reason for the log, for example "the claim of b is newer"
     */
    default void lost(StreamEntry claim, StreamEntry winner, String why) {}
}
