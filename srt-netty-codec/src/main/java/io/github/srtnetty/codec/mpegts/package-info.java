// SPDX-License-Identifier: Apache-2.0
/**
 * MPEG-2 transport streams after ISO/IEC 13818-1: packets, sections, PAT and PMT, timestamps; in and out.
 *
 * <p>Packets are views: {@link io.github.srtnetty.codec.mpegts.TsPackets} is a batch over the received buffer,
 * {@link io.github.srtnetty.codec.mpegts.TsPacket} a cursor that walks it. Tables are values (records). The work is
 * done by small classes without Netty's handlers ({@code SectionAssembler}, {@code PsiTracker}, {@code
 * ContinuityChecker}); the handlers only put them into a pipeline.
 *
 * <p>May import: the JDK, {@code codec.bits}, {@code netty-buffer}, {@code netty-codec} and Netty's handler classes.
 * Knows no channel of this project, no binding and no {@code codec.scte35}.
 *
 * <p>Threads: a handler belongs to one channel and its event loop; the classes inside are not shared between threads.
 * Records and {@code Section} are immutable.
 */
@NullMarked
package io.github.srtnetty.codec.mpegts;

import org.jspecify.annotations.NullMarked;
