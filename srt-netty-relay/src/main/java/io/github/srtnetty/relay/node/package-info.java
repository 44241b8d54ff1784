// SPDX-License-Identifier: Apache-2.0
/**
 * This relay as a node of a cluster, for those who operate it: the row that it publishes about itself, counts, events,
 * and JSON of nodes and streams. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.node;

import org.jspecify.annotations.NullMarked;
