// SPDX-License-Identifier: Apache-2.0
/**
 * SCTE-35 cues as JSON: {@link io.github.srtnetty.codec.scte35.json.Scte35Json} writes and reads the values of the
 * standard, {@link io.github.srtnetty.codec.scte35.json.ThreefiveJson} prints exactly what the program threefive
 * prints, and {@link io.github.srtnetty.codec.scte35.json.JsonCueForm} is the form of whole documents.
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.scte35.form}, {@code codec.mpegts}, {@code codec.bits} and
 * {@code jackson-core}, which is an optional dependency: only this package needs it.
 *
 * <p>Threads: all public types are immutable and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.json;

import org.jspecify.annotations.NullMarked;
