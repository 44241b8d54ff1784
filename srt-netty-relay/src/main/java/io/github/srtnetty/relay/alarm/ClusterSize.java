// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.util.function.IntSupplier;

/**
 * The size of the cluster.
 *
 * @param nodes returns the number of nodes that this one sees, including itself
 * @param expected the number of nodes that should run, 0 if unknown
 */
public record ClusterSize(IntSupplier nodes, int expected) {
    /** Of a relay that runs alone. */
    public static final ClusterSize ALONE = new ClusterSize(() -> 1, 0);
}
