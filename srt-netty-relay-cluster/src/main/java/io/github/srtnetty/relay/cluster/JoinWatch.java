// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Notices that the coordinator does not let a member of the view in. This happens when a node that merged a split is
 * suspected at the same time: the engine of the next coordinator, which was one before the split, misses the view
 * between. It goes on with numbers of cache topologies that all members have left behind, so they ignore each join
 * until another node is the coordinator. Not thread-safe.
 */
final class JoinWatch {
    private final long limitNanos;
    private final Map<String, Long> sinceNanos = new HashMap<>();

    JoinWatch(ClusterPolicy policy) {
        limitNanos = policy.start().toNanos() * 2 / 3; // the rest is for the next coordinator to let it in
    }

    /**
     * Returns whether a member has waited for too long; then the watch begins anew.
     *
     * @param notAdmitted the ids of the members that are in the view and get no entries
     */
    boolean isStuck(Set<String> notAdmitted, long nowNanos) {
        sinceNanos.keySet().retainAll(notAdmitted);
        notAdmitted.forEach(id -> sinceNanos.putIfAbsent(id, nowNanos));
        boolean stuck = sinceNanos.values().stream().anyMatch(since -> nowNanos - since > limitNanos);
        if (stuck) {
            sinceNanos.clear();
        }
        return stuck;
    }
}
