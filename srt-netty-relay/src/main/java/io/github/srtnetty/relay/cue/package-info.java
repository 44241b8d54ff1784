// SPDX-License-Identifier: Apache-2.0
/**
 * Cues of SCTE-35 in the streams that pass through the relay. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.cue;

import org.jspecify.annotations.NullMarked;
