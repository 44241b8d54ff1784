// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import java.io.File;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of libsrt on Linux. It is found among the file descriptors of the process by its local address, because
 * libsrt does not return it. libsrt does not share a UDP port with another socket, so at most one descriptor has that
 * address.
 *
 * @param descriptor the file descriptor, which libsrt owns
 */
record UdpSocket(int descriptor) {
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    static final long NO_COOKIE = 0;

    private static final int NONE = -1;

    /**
     * Returns the lowest free descriptor, which the next socket gets if no other thread opens a file meanwhile;
     * negative if it is unknown.
     */
    static int nextDescriptor() {
        int free = LibC.dup(0);
        if (free >= 0) {
            LibC.close(free);
        }
        return free;
    }

    /**
     * Finds the socket that is bound to {@code local}.
     *
     * @param guess the descriptor to check first; negative: none
     * @return the socket; null if there is none, or the system does not list the descriptors
     */
    static @Nullable UdpSocket find(InetSocketAddress local, int guess) {
        if (guess >= 0 && isBoundTo(local, guess)) {
            return new UdpSocket(guess);
        }
        String[] names = DESCRIPTORS.list();
        if (names != null) {
            for (String name : names) {
                int descriptor = Integer.parseInt(name);
                if (isBoundTo(local, descriptor)) {
                    return new UdpSocket(descriptor);
                }
            }
        }
        return null;
    }

    /** Returns the kernel's unique number of this socket ({@code SO_COOKIE}), or {@link #NO_COOKIE} if it has none. */
    long cookie() {
        Scratch scratch = Scratch.get();
        scratch.memory().putLong(0, NO_COOKIE);
        scratch.setLength(Long.BYTES);
        int result = LibC.getsockopt(
                descriptor, LibC.SOL_SOCKET, LibC.SO_COOKIE, scratch.valueAddress(), scratch.lengthAddress());
        return result == 0 ? scratch.memory().getLong(0) : NO_COOKIE;
    }

    /**
     * Attaches a classic BPF program ({@code SO_ATTACH_FILTER}), in place of an earlier one. Needs no privilege.
     *
     * @param program an array of {@code struct sock_filter}, direct
     * @return 0, or the {@code errno} of the system
     */
    int attach(ByteBuffer program) {
        Scratch scratch = Scratch.get();
        int instructions = program.remaining() / HandshakeFilter.INSTRUCTION_BYTES;
        scratch.memory()
                .putLong(0, 0)
                .putShort(0, (short) instructions)
                .putLong(LibC.FPROG_FILTER, NativeMemory.addressOf(program));
        int result = LibC.setsockopt(
                descriptor, LibC.SOL_SOCKET, LibC.SO_ATTACH_FILTER, scratch.valueAddress(), LibC.FPROG_BYTES);
        Reference.reachabilityFence(program);
        return result == 0 ? 0 : Native.getLastError();
    }

    private static boolean isBoundTo(InetSocketAddress local, int descriptor) {
        return typeOf(descriptor) == LibC.SOCK_DGRAM && local.equals(localAddress(descriptor));
    }

    private static int typeOf(int descriptor) {
        Scratch scratch = Scratch.get();
        scratch.setLength(Integer.BYTES);
        int result = LibC.getsockopt(
                descriptor, LibC.SOL_SOCKET, LibC.SO_TYPE, scratch.valueAddress(), scratch.lengthAddress());
        return result == 0 ? scratch.intValue() : NONE;
    }

    private static @Nullable InetSocketAddress localAddress(int descriptor) {
        Scratch scratch = Scratch.get();
        scratch.setLength(SockAddr.STORAGE_BYTES);
        if (LibC.getsockname(descriptor, scratch.addressAddress(), scratch.lengthAddress()) != 0) {
            return null;
        }
        ByteBuffer address = scratch.addressBuffer();
        int family = address.order(ByteOrder.nativeOrder()).getShort(0);
        boolean isInternet = family == SockAddr.INET_FAMILY || family == SockAddr.SYSTEM.inet6Family();
        return isInternet ? SockAddr.SYSTEM.decode(address) : null; // a datagram socket may also be of another family
    }
}
