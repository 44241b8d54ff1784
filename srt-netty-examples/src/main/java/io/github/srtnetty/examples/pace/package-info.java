// SPDX-License-Identifier: Apache-2.0
/** Payloads at a bit rate, and a sender of timed payloads for a thread that blocks. */
@NullMarked
package io.github.srtnetty.examples.pace;

import org.jspecify.annotations.NullMarked;
