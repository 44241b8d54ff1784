// SPDX-License-Identifier: Apache-2.0
/**
 * Alarms of streams: measured once a second by a thread of their own, raised and cleared with a hold time. Internal to
 * the relay.
 */
@NullMarked
package io.github.srtnetty.relay.alarm;

import org.jspecify.annotations.NullMarked;
