// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;

/** Whether this node may accept publishers: always, or only with more than half of the expected nodes. */
final class Quorum {
    private final Members members;
    private final boolean majority;
    private final int expected;

    Quorum(Members members, ClusterSettings settings) {
        this.members = members;
        this.majority = settings.onSplit() == OnSplit.MAJORITY;
        this.expected = settings.expectedNodes();
    }

    boolean holds() {
        return !majority || 2 * members.view().byNode().size() > expected;
    }

    /** Returns why it does not hold, for a log and an API. */
    String reason() {
        return "this node sees " + members.view().byNode().size() + " of " + expected + " nodes, no majority";
    }
}
