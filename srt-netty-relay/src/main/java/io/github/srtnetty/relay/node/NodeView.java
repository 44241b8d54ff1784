// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.pull.PullCounts;

/**
 * The view of the cluster for operators.
 *
 * @param directory nodes and streams
 * @param clustered whether the relay is in a cluster; otherwise the directory has this relay only
 * @param expectedNodes the number of nodes that should run, 0 if unknown
 * @param counts what happened to the claims of this node
 * @param pulls what happened to its pulls
 */
public record NodeView(
        StreamDirectory directory, boolean clustered, int expectedNodes, ClaimCounts counts, PullCounts pulls) {
    /** Returns the view of a relay that runs alone. */
    public static NodeView alone(StreamDirectory directory) {
        return new NodeView(directory, false, 0, new ClaimCounts(), new PullCounts());
    }

    /** Returns the number of nodes that this node sees, including itself. */
    public int nodes() {
        return directory.nodes().size();
    }
}
