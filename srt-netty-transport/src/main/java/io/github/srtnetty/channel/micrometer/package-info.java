// SPDX-License-Identifier: Apache-2.0
/**
 * The statistics of SRT channels as Micrometer meters. Needs the optional dependency {@code micrometer-core}, which no
 * other package uses.
 *
 * <p>May import: the channel package, the binding's statistics, Micrometer.
 *
 * <p>Threads: any thread may bind and remove meters; the threads of the registry read them.
 */
@NullMarked
package io.github.srtnetty.channel.micrometer;

import org.jspecify.annotations.NullMarked;
