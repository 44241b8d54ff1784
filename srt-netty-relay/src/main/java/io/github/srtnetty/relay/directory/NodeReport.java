// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.time.Instant;

/**
 * The row of a node, which it states every two seconds.
 *
 * @param version the version of the relay
 * @param at when it was made
 * @param draining whether the node rejects new callers
 * @param publishers connected publishers
 * @param players connected players, without pulls of other nodes
 * @param pulls streams that the node pulls from others
 * @param receivedBitsPerSecond received from publishers and pulls
 * @param sentBitsPerSecond sent to players and other nodes
 * @param load the load average of its machine in the last minute divided by its processors, negative if unknown
 */
public record NodeReport(
        String version,
        Instant at,
        boolean draining,
        int publishers,
        int players,
        int pulls,
        long receivedBitsPerSecond,
        long sentBitsPerSecond,
        double load) {}
