// SPDX-License-Identifier: Apache-2.0
/**
 * {@code srt-netty scte35}: the cues of a transport stream as they come, from SRT, UDP, a file or a pipe; and single
 * cues decoded and encoded.
 */
@NullMarked
package io.github.srtnetty.examples.cue;

import org.jspecify.annotations.NullMarked;
