// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of the figures that the documentation states. Not part of any test phase and not published.
 *
 * <pre>
 * mvn -q -pl srt-netty-benchmarks -am package -DskipTests
 * java -jar srt-netty-benchmarks/target/benchmarks.jar TsBenchmark
 * java -jar srt-netty-benchmarks/target/benchmarks.jar Scte35Benchmark
 * </pre>
 *
 * <p>May import: everything of the project. Threads: each benchmark runs on one.
 */
@NullMarked
package io.github.srtnetty.benchmarks;

import org.jspecify.annotations.NullMarked;
