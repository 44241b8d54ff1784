// SPDX-License-Identifier: Apache-2.0
/**
 * SRT addresses ({@link io.github.srtnetty.bootstrap.SrtUri}), the standard form of stream ids ({@link
 * io.github.srtnetty.bootstrap.SrtStreamId}), callers that reconnect ({@link
 * io.github.srtnetty.bootstrap.SrtReconnector}), and blocking connections ({@link
 * io.github.srtnetty.bootstrap.SrtReceiver}, {@link io.github.srtnetty.bootstrap.SrtSender}).
 */
@NullMarked
package io.github.srtnetty.bootstrap;

import org.jspecify.annotations.NullMarked;
