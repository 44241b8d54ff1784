// SPDX-License-Identifier: Apache-2.0
/**
 * {@code srt-netty file}: files over SRT in stream mode, by three protocols.
 *
 * <ul>
 *   <li>{@link io.github.srtnetty.examples.file.PlainProtocol}, that of srt-file-transmit: the name is the stream id,
 * the bytes
 *       follow, the end of the connection is the end of the file.
 *   <li>{@link io.github.srtnetty.examples.file.RequestProtocol}, that of libsrt's examples sendfile and recvfile.
 *   <li>{@link io.github.srtnetty.examples.file.CheckedProtocol}, our own: size, offset and SHA-256, so that a transfer
 * can go on
 *       where it stopped and is known to be whole.
 * </ul>
 *
 * <p>Protocols block: each transfer has a thread, and {@link io.github.srtnetty.examples.file.StreamConnection} stands
 * between it and the event loop.
 */
@NullMarked
package io.github.srtnetty.examples.file;

import org.jspecify.annotations.NullMarked;
