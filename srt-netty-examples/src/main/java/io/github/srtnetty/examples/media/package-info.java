// SPDX-License-Identifier: Apache-2.0
/**
 * What data comes from and goes to: SRT in all three modes, UDP, files, standard input and output, each behind {@link
 * io.github.srtnetty.examples.media.Input} or {@link io.github.srtnetty.examples.media.Output}, named by an address as
 * srt-live-transmit takes them ({@link io.github.srtnetty.examples.media.Media}).
 *
 * <p>An input hands its payloads to a {@link io.github.srtnetty.examples.media.Receiver} on a thread of its own, one at
 * a time: an event loop, or one that reads. Outputs may be written to by any thread and never block.
 */
@NullMarked
package io.github.srtnetty.examples.media;

import org.jspecify.annotations.NullMarked;
