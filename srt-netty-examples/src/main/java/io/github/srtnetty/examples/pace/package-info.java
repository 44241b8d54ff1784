// SPDX-License-Identifier: Apache-2.0
/** Payloads of a file or stream, each with the time at which it is due, and who sends them then. */
@NullMarked
package io.github.srtnetty.examples.pace;

import org.jspecify.annotations.NullMarked;
