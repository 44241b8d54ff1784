// SPDX-License-Identifier: Apache-2.0
/**
 * Bits, bytes and checksums that the codecs share.
 *
 * <p>May import: the JDK, {@code netty-buffer}, and of {@code netty-codec} only {@link
 * io.netty.handler.codec.DecoderException}. Does not use channels, the binding or another codec.
 *
 * <p>Threads: an instance belongs to the thread that uses it. {@link io.github.srtnetty.codec.bits.Bytes} is immutable
 * and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.bits;

import org.jspecify.annotations.NullMarked;
