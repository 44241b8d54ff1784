// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member of the cluster.
 *
 * @param name its name in the configuration
 * @param self whether it is this node
 * @param coordinator whether it does the work for all nodes, such as removing the entries of dead nodes
 * @param since when this node saw it join
 * @param report its last report, null if none has arrived yet
 */
public record DirectoryNode(
        String name,
        boolean self,
        boolean coordinator,
        Instant since,
        @Nullable NodeReport report) {}
