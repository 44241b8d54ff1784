// SPDX-License-Identifier: Apache-2.0
/**
 * The accept filter: which caller may publish or play which stream, limits, and the rights of strangers under
 * a configuration. Runs on libsrt's receive threads and only reads memory. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.access;

import org.jspecify.annotations.NullMarked;
