// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;

/**
 * The functions and constants of the system's C library that {@link UdpSocket} needs, under their C names, by JNA direct
 * mapping. The constants are those of Linux ({@code asm-generic/socket.h}), which all 64-bit JVMs of Linux but MIPS share.
 */
final class LibC {
    static final int SOL_SOCKET = 1;
    static final int SO_TYPE = 3;
    static final int SO_ATTACH_FILTER = 26;
    static final int SOCK_DGRAM = 2;

    /** {@code struct sock_fprog { unsigned short len; struct sock_filter *filter; }}. */
    static final int FPROG_BYTES = 16;

    static final int FPROG_FILTER = 8;

    private LibC() {}

    /** Binds all functions. Throws {@link UnsatisfiedLinkError} when the library lacks one. */
    static void bind() {
        Native.register(LibC.class, "c");
    }

    static native int getsockname(int sockfd, long addr, long addrlen);

    static native int getsockopt(int sockfd, int level, int optname, long optval, long optlen);

    static native int setsockopt(int sockfd, int level, int optname, long optval, int optlen);

    static native int dup(int oldfd);

    static native int close(int fd);
}
