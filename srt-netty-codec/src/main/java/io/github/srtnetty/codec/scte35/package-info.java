// SPDX-License-Identifier: Apache-2.0
/**
 * Digital Program Insertion Cueing Message, ANSI/SCTE 35 2022b and 2023r1: cues as values, and the handlers that
 * extract them from a transport stream and insert them into one.
 *
 * <p>Values ({@link io.github.srtnetty.codec.scte35.SpliceInfoSection}, {@link
 * io.github.srtnetty.codec.scte35.SpliceCommand}, {@link io.github.srtnetty.codec.scte35.SpliceDescriptor}) are
 * immutable and named after the standard's syntax elements; each type's file holds its syntax table, decoder and
 * encoder. Times are ticks of 90 kHz unless a name says otherwise.
 *
 * <p>May import: the JDK, Netty's buffer, transport and codec, {@code codec.mpegts}, {@code codec.bits}. Does not use
 * SRT channels or the binding.
 *
 * <p>Threads: values may be shared; a handler belongs to the event loop of its channel and is not shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35;

import org.jspecify.annotations.NullMarked;
