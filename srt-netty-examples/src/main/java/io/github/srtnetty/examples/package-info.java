// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code srt-netty} command line: {@link io.github.srtnetty.examples.SrtNetty} and one package a subcommand, each
 * an example to read. The shared parts are in {@code cli} and {@code pace}.
 *
 * <p>May import: {@code relay}, {@code bootstrap}, {@code channel}, the codecs, picocli.
 *
 * <p>Exit codes: 0 done; 1 failed at run time, one line on standard error says what, with whom and why; 2 wrong usage.
 * Standard output carries only data.
 */
@NullMarked
package io.github.srtnetty.examples;

import org.jspecify.annotations.NullMarked;
