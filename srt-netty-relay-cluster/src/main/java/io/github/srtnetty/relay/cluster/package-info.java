// SPDX-License-Identifier: Apache-2.0
/**
 * The directory of streams that several relays share, on Infinispan embedded: {@link
 * io.github.srtnetty.relay.cluster.InfinispanDirectoryProvider} is found by {@link java.util.ServiceLoader};
 * everything else is internal. Infinispan does membership, failure detection, replication and atomic changes of one
 * entry. This package follows one rule: an entry is valid as long as the member that made it is in the view, and each
 * node is the authority for its own entries.
 */
@NullMarked
package io.github.srtnetty.relay.cluster;

import org.jspecify.annotations.NullMarked;
