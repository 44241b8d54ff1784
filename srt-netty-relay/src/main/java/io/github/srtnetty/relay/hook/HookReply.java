// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.time.Duration;

/**
 * An answer, and how long it is valid.
 *
 * @param answer the decision
 * @param age how long it may be used, zero for once
 */
record HookReply(HookAnswer answer, Duration age) {}
