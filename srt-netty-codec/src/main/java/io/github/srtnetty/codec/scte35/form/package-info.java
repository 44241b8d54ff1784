// SPDX-License-Identifier: Apache-2.0
/**
 * Written forms of SCTE-35 cues: {@link io.github.srtnetty.codec.scte35.form.CueForm}, which all have in common, the
 * plain ones, and {@link io.github.srtnetty.codec.scte35.form.TextForm} for people.
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.mpegts} and {@code codec.bits}.
 *
 * <p>Threads: all public types are immutable and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.form;

import org.jspecify.annotations.NullMarked;
