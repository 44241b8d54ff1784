// SPDX-License-Identifier: Apache-2.0
/**
 * SCTE-35 cues in the event message boxes of DASH and CMAF segments (ISO/IEC 23009-1 5.10.3.3, SCTE 214-3).
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.scte35.form}, {@code codec.scte35.xml} and {@code
 * codec.bits}.
 *
 * <p>Threads: all public types are immutable and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.emsg;

import org.jspecify.annotations.NullMarked;
