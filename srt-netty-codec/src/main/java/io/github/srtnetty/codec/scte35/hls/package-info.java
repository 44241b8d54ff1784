// SPDX-License-Identifier: Apache-2.0
/**
 * SCTE-35 cues in HLS playlists (RFC 8216 4.3.2.7, and the additional tags of packagers).
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.scte35.form} and {@code codec.bits}.
 *
 * <p>Threads: {@link io.github.srtnetty.codec.scte35.hls.HlsForm} is immutable and may be shared; a {@link
 * io.github.srtnetty.codec.scte35.hls.HlsTagWriter} belongs to one thread.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.hls;

import org.jspecify.annotations.NullMarked;
