// SPDX-License-Identifier: Apache-2.0
/**
 * {@code srt-netty scte35}: prints the cues of a transport stream from SRT, UDP, a file or a pipe, and decodes and
 * encodes single cues.
 */
@NullMarked
package io.github.srtnetty.examples.cue;

import org.jspecify.annotations.NullMarked;
