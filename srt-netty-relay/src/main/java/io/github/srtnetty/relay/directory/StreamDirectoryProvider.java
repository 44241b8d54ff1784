// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.io.IOException;

/** Opens the directory of a cluster; found by {@link java.util.ServiceLoader}. */
public interface StreamDirectoryProvider {
    /**
     * Joins a cluster, or starts one if no other node answers; blocks until that is done.
     *
     * @param settings the settings of this node
     * @param pullAddress where other nodes pull this node's streams, {@code host:port}
     * @throws IOException in one line: what cannot be opened, where, and what to change
     */
    StreamDirectory open(ClusterSettings settings, String pullAddress) throws IOException;
}
