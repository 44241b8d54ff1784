// SPDX-License-Identifier: Apache-2.0
/**
 * The directory of streams and their relays: that of a cluster, and that of a relay without a cluster. An engine for
 * clusters implements {@link io.github.srtnetty.relay.directory.StreamDirectoryProvider}.
 */
@NullMarked
package io.github.srtnetty.relay.directory;

import org.jspecify.annotations.NullMarked;
