// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of {@code srt.h}, in its order and under their C names, by JNA direct mapping. Pointers are {@code
 * long} addresses. This class checks nothing and has no state; {@link SrtSocket} adds Java names and results.
 */
final class LibSrt {
    private LibSrt() {}

    /** Binds all functions. Throws {@link UnsatisfiedLinkError} when the library lacks one. */
    static void bindTo(NativeLibrary library) {
        Native.register(LibSrt.class, library);
    }

    /** Unbinds all functions and closes the library; a later call throws {@link UnsatisfiedLinkError}. */
    static void unbindFrom(NativeLibrary library) {
        Native.unregister(LibSrt.class);
        library.close();
    }

    static native int srt_startup();

    static native int srt_cleanup();

    static native int srt_create_socket();

    static native int srt_bind(int u, long name, int namelen);

    static native int srt_listen(int u, int backlog);

    static native int srt_accept(int u, long addr, long addrlen);

    static native int srt_listen_callback(int lsn, long hookFn, long hookOpaque);

    static native int srt_connect(int u, long name, int namelen);

    static native int srt_close(int u);

    static native int srt_getpeername(int u, long name, long namelen);

    static native int srt_getsockname(int u, long name, long namelen);

    static native int srt_getsockflag(int u, int opt, long optval, long optlen);

    static native int srt_setsockflag(int u, int opt, long optval, int optlen);

    static native int srt_sendmsg2(int u, long buf, int len, long mctrl);

    static native int srt_recvmsg2(int u, long buf, int len, long mctrl);

    static native String srt_getlasterror_str();

    static native int srt_getlasterror(long errnoLoc);

    static native int srt_bistats(int u, long perf, int clear, int instantaneous);

    static native int srt_getsockstate(int u);

    static native int srt_epoll_create();

    static native int srt_epoll_add_usock(int eid, int u, long events);

    static native int srt_epoll_remove_usock(int eid, int u);

    static native int srt_epoll_update_usock(int eid, int u, long events);

    static native int srt_epoll_uwait(int eid, long fdsSet, int fdsSize, long msTimeOut);

    static native int srt_epoll_set(int eid, int flags);

    static native int srt_epoll_release(int eid);

    static native void srt_setloglevel(int ll);

    static native void srt_setloghandler(long opaque, long handler);

    static native void srt_setlogflags(int flags);

    static native int srt_getrejectreason(int sock);

    static native int srt_setrejectreason(int sock, int value);

    static native String srt_rejectreason_str(int id);

    static native int srt_getversion();

    static native long srt_time_now();

    static native long srt_connection_time(int sock);
}
