// SPDX-License-Identifier: Apache-2.0
/**
 * Bits and checksums that the codecs share.
 *
 * <p>May import: the JDK and {@code netty-buffer}. Knows no channel, no binding and no other codec.
 *
 * <p>Threads: nothing here is shared; an instance belongs to the thread that uses it.
 */
@NullMarked
package io.github.srtnetty.codec.bits;

import org.jspecify.annotations.NullMarked;
