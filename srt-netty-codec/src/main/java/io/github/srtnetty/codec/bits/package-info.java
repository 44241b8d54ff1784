// SPDX-License-Identifier: Apache-2.0
/**
 * Bits, bytes and checksums that the codecs share.
 *
 * <p>May import: the JDK, {@code netty-buffer}, and of {@code netty-codec} only
 * {@link io.netty.handler.codec.DecoderException}. Knows no channel, no binding and no other codec.
 *
 * <p>Threads: nothing here is shared; an instance belongs to the thread that uses it. {@link
 * io.github.srtnetty.codec.bits.Bytes} is immutable and may go anywhere.
 */
@NullMarked
package io.github.srtnetty.codec.bits;

import org.jspecify.annotations.NullMarked;
