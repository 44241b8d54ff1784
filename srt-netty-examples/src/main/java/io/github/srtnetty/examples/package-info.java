// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code srt-netty} command line: {@link io.github.srtnetty.examples.SrtNetty} and one class a subcommand, each an
 * example to read. What they share is small and may be copied: pacing ({@link
 * io.github.srtnetty.examples.TimedPayloads} and its sources), a file that must not block an event loop ({@link
 * io.github.srtnetty.examples.FileSink}), a line of statistics a second.
 *
 * <p>May import: the channels ({@code channel}), the codecs, picocli.
 *
 * <p>Exit codes: 0 done; 1 failed at run time, one line on standard error says what, with whom and why; 2 wrong usage.
 * Standard output carries only data.
 */
@NullMarked
package io.github.srtnetty.examples;

import org.jspecify.annotations.NullMarked;
