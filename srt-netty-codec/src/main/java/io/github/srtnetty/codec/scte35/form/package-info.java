// SPDX-License-Identifier: Apache-2.0
/**
 * Written forms of SCTE-35 cues: the common interface {@link io.github.srtnetty.codec.scte35.form.CueForm}, the plain
 * forms, and {@link io.github.srtnetty.codec.scte35.form.TextForm} for display.
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.mpegts} and {@code codec.bits}.
 *
 * <p>Threads: all public types are immutable and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.form;

import org.jspecify.annotations.NullMarked;
