// SPDX-License-Identifier: Apache-2.0
/**
 * Which relay has which stream: the directory of a cluster, and the one of a relay that runs alone. An engine for
 * clusters implements {@link io.github.srtnetty.relay.directory.StreamDirectoryProvider}.
 */
@NullMarked
package io.github.srtnetty.relay.directory;

import org.jspecify.annotations.NullMarked;
