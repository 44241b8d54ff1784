// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions and constants of the system's C library that {@link UdpSocket} needs, under their C names, by JNA
 * direct mapping. The constants are those of Linux ({@code asm-generic/socket.h}) on all 64-bit processors except MIPS.
 */
final class LibC {
    static final int SOL_SOCKET = 1;
    static final int SO_TYPE = 3;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_COOKIE = 57;
    static final int SOCK_DGRAM = 2;

    /** {@code struct sock_fprog { unsigned short len; struct sock_filter *filter; }}. */
    static final int FPROG_BYTES = 16;

    static final int FPROG_FILTER = 8;

    private static @Nullable NativeLibrary library;

    private LibC() {}

    /** Binds all functions. Throws {@link UnsatisfiedLinkError} when the library lacks one. */
    static synchronized void bind() {
        // because of this option JNA does not share the instance, so it can be closed
        NativeLibrary own =
                NativeLibrary.getInstance("c", Map.of(Library.OPTION_CLASSLOADER, LibC.class.getClassLoader()));
        Native.register(LibC.class, own);
        library = own;
    }

    /** Unbinds all functions and closes the library; does nothing if it is not bound. */
    static synchronized void unbind() {
        NativeLibrary bound = library;
        library = null;
        if (bound != null) {
            Native.unregister(LibC.class);
            bound.close();
        }
    }

    static native int getsockname(int sockfd, long addr, long addrlen);

    static native int getsockopt(int sockfd, int level, int optname, long optval, long optlen);

    static native int setsockopt(int sockfd, int level, int optname, long optval, int optlen);

    static native int dup(int oldfd);

    static native int close(int fd);
}
