// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.util.function.IntSupplier;

/**
 * How many nodes the cluster has.
 *
 * @param nodes returns the number of nodes that this one sees, itself among them
 * @param expected how many there should be, 0 where that is not known
 */
public record ClusterSize(IntSupplier nodes, int expected) {
    /** Of a relay that runs alone. */
    public static final ClusterSize ALONE = new ClusterSize(() -> 1, 0);
}
