// SPDX-License-Identifier: Apache-2.0
/**
 * libsrt for Java, and the native event loop over it.
 *
 * <p>Three faces, one direction: {@code LibSrt} (the C functions under their C names), then {@code SrtSocket} (Java
 * names, typed results) and {@code SrtPoller} (one epoll for the process). Nothing above {@code SrtSocket} sees a
 * pointer or a JNA type.
 *
 * <p>May import: the JDK and JNA. Knows no Netty.
 *
 * <p>Threads: a socket may be used from any thread; libsrt locks inside. libsrt keeps the last error for each platform
 * thread, so it is read at once, with nothing in between that waits: a virtual thread stays on its carrier. Each thread
 * keeps about 1.2 KB of native memory for its calls; prefer few platform threads.
 */
@NullMarked
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.NullMarked;
