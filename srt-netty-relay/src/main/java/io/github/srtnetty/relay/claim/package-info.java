// SPDX-License-Identifier: Apache-2.0
/**
 * The streams whose publishers are connected to this node, and the questions of the accept filter to the directory of
 * the cluster. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.claim;

import org.jspecify.annotations.NullMarked;
