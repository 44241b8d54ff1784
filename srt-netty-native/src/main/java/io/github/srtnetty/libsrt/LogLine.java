// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** One line for the log; {@code area} is the part of libsrt that logged it. */
record LogLine(System.Logger.Level level, String area, String message) {}
