// SPDX-License-Identifier: Apache-2.0
/**
 * The timer of handlers that also check a stream while no data arrives. Internal to the codecs.
 *
 * <p>May import: the JDK, {@code netty-common} and {@code netty-transport}.
 *
 * <p>Threads: the event loop of the handler.
 */
@NullMarked
package io.github.srtnetty.codec.timer;

import org.jspecify.annotations.NullMarked;
