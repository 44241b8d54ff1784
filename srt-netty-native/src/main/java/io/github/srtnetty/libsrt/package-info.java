// SPDX-License-Identifier: Apache-2.0
/**
 * libsrt for Java, and the native event loop over it.
 *
 * <p>Two layers: {@code LibSrt} has the C functions under their C names. {@code SrtSocket} (Java names, typed results)
 * and {@code SrtPoller} (one epoll for the process) are above it. No code above {@code SrtSocket} uses a pointer or a
 * JNA type.
 *
 * <p>May import: the JDK and JNA. Does not use Netty.
 *
 * <p>Threads: a socket may be used from any thread; libsrt locks internally. libsrt keeps the last error for each
 * platform thread. The binding therefore reads it immediately, before anything that blocks, so that a virtual thread
 * stays on its carrier. Each thread keeps about 1.2 KB of native memory for its calls, so prefer few platform threads.
 */
@NullMarked
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.NullMarked;
