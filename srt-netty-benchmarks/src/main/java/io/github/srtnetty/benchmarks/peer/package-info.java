// SPDX-License-Identifier: Apache-2.0
/**
 * What {@code bin/bench} runs: a receiver and a sender that do in Java what {@code bench.c} does in C, with the same
 * arguments and the same line of output, and {@link io.github.srtnetty.benchmarks.peer.Compare}, which runs them in
 * turns and prints ratios.
 *
 * <p>May import: the transport and the JDK.
 *
 * <p>Threads: one process for each side, so that its CPU time is its own.
 */
@NullMarked
package io.github.srtnetty.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
