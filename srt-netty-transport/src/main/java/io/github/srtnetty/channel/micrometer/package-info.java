// SPDX-License-Identifier: Apache-2.0
/**
 * The statistics of SRT channels as Micrometer meters. Needs {@code micrometer-core} on the class path, which is an
 * optional dependency: nothing outside this package knows it.
 *
 * <p>May import: the channel package, the binding's statistics, Micrometer.
 *
 * <p>Threads: meters are bound and removed by any thread, and read by the registry's.
 */
@NullMarked
package io.github.srtnetty.channel.micrometer;

import org.jspecify.annotations.NullMarked;
