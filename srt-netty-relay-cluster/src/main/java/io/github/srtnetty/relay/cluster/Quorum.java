// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import java.util.function.IntSupplier;

/** Whether this node may accept publishers: always, or only with more than half of the expected nodes. */
final class Quorum {
    private final IntSupplier nodes;
    private final boolean majority;
    private final int expected;

    /** @param nodes returns how many nodes this one sees */
    Quorum(IntSupplier nodes, ClusterSettings settings) {
        this.nodes = nodes;
        this.majority = settings.onSplit() == OnSplit.MAJORITY;
        this.expected = settings.expectedNodes();
    }

    boolean holds() {
        return !majority || 2 * nodes.getAsInt() > expected;
    }

    /** Returns why this node accepts no publishers, for the log and the API. */
    String reason() {
        return "this node sees " + nodes.getAsInt() + " of " + expected + " nodes, no majority";
    }
}
