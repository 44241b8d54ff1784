// SPDX-License-Identifier: Apache-2.0
/**
 * MPEG-2 transport streams (ISO/IEC 13818-1): decoding and encoding of packets, sections, PAT, PMT and timestamps.
 *
 * <p>Packets are views: {@link io.github.srtnetty.codec.mpegts.TsPackets} is a batch over the received buffer, {@link
 * io.github.srtnetty.codec.mpegts.TsPacket} a cursor over its packets. Tables are values (records). Small classes that
 * are not Netty handlers ({@code SectionAssembler}, {@code PsiTracker}, {@code ContinuityChecker}) do the work; the
 * handlers only add them to a pipeline.
 *
 * <p>May import: the JDK, {@code codec.bits}, {@code netty-buffer}, {@code netty-codec} and Netty's handler classes.
 * Does not use the channels of this project, the binding or {@code codec.scte35}.
 *
 * <p>Threads: a handler belongs to one channel and its event loop; the classes inside are not shared between threads.
 * Records and {@code Section} are immutable.
 */
@NullMarked
package io.github.srtnetty.codec.mpegts;

import org.jspecify.annotations.NullMarked;
