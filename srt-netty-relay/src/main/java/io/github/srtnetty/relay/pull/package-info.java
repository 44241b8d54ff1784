// SPDX-License-Identifier: Apache-2.0
/**
 * Streams between the nodes of a cluster: a node pulls a stream from the node of its publisher, once for all players.
 * Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.pull;

import org.jspecify.annotations.NullMarked;
