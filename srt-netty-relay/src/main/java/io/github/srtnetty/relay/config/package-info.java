// SPDX-License-Identifier: Apache-2.0
/**
 * The settings of the relay, the file that contains them, and the rules in effect. Internal: embedders use
 * {@code RelayConfig}.
 */
@NullMarked
package io.github.srtnetty.relay.config;

import org.jspecify.annotations.NullMarked;
