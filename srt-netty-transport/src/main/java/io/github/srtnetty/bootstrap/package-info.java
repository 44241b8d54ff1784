// SPDX-License-Identifier: Apache-2.0
/**
 * Short ways to a connection: SRT addresses ({@link io.github.srtnetty.bootstrap.SrtUri}), the standard form of stream
 * ids ({@link io.github.srtnetty.bootstrap.SrtStreamId}) and callers that connect again
 * ({@link io.github.srtnetty.bootstrap.SrtReconnector}).
 */
@NullMarked
package io.github.srtnetty.bootstrap;

import org.jspecify.annotations.NullMarked;
