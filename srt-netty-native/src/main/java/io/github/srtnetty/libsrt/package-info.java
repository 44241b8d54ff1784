// SPDX-License-Identifier: Apache-2.0
/**
 * libsrt for Java, and the native event loop over it.
 *
 * <p>Three faces, one direction: {@code LibSrt} (the C functions under their C names), then {@code SrtSocket} (Java names,
 * typed results) and {@code SrtPoller} (one epoll for the process). Nothing above {@code SrtSocket} sees a pointer or a
 * JNA type.
 *
 * <p>May import: the JDK and JNA. Knows no Netty.
 *
 * <p>Threads: a socket may be used from any platform thread; libsrt locks inside. Errors are read on the thread that made
 * the call, at once, so no call here may be moved to another thread half way (a virtual thread must not migrate between).
 */
@NullMarked
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.NullMarked;
