// SPDX-License-Identifier: Apache-2.0
/**
 * The sources and sinks of the programs: SRT in all three modes, UDP, files, standard input and output, each behind
 * {@link io.github.srtnetty.examples.media.MediaSource} or {@link io.github.srtnetty.examples.media.MediaSink}, named
 * by an address as srt-live-transmit takes them ({@link io.github.srtnetty.examples.media.Media}). Queues and fan-out
 * are those of the relay ({@code relay.stream}).
 *
 * <p>A source passes its payloads to an {@link io.github.srtnetty.relay.stream.Intake} on a thread of its own, one at a
 * time: an event loop, or one that reads. Sinks may be used by any thread and never block.
 */
@NullMarked
package io.github.srtnetty.examples.media;

import org.jspecify.annotations.NullMarked;
