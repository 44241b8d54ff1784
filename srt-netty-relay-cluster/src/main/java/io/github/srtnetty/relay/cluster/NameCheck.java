// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes sure that no older member has the name of this node. */
final class NameCheck {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private NameCheck() {}

    /**
     * Waits until this is the oldest member with its name: a killed predecessor stays in the view until its silence is
     * detected. Fails if the predecessor does not leave.
     */
    static void check(Members members, ClusterPolicy policy) throws IOException {
        long end = System.nanoTime() + policy.sameName().toNanos();
        while (hasOlderNamesake(members.view())) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the cluster already has a node named "
                        + Members.nodeOf(members.view().self()) + ": choose another name for this node");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean hasOlderNamesake(Members.View view) {
        String node = Members.nodeOf(view.self());
        for (Members.Member member : view.members()) {
            if (member.id().equals(view.self())) {
                return false;
            }
            if (member.node().equals(node)) {
                return true;
            }
        }
        return false;
    }
}
