// SPDX-License-Identifier: Apache-2.0
/**
 * {@code srt-netty ts}: the content of a transport stream and its errors by TR 101 290, from SRT, UDP, a file or a
 * pipe.
 */
@NullMarked
package io.github.srtnetty.examples.ts;

import org.jspecify.annotations.NullMarked;
