// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Native memory that a thread passes to libsrt for the time of one call: out parameters, addresses, option values. One for
 * each thread; a direct buffer, so that reading it costs no call.
 */
final class Scratch {
    static final int VALUE_BYTES = 1024;

    private static final int VALUE = 0;
    private static final int ADDRESS = VALUE + VALUE_BYTES;
    private static final int LENGTH = ADDRESS + SockAddr.STORAGE_BYTES;
    private static final int ERRNO = LENGTH + 8;
    private static final int SIZE = ERRNO + 8;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final long base = Pointer.nativeValue(Native.getDirectBufferPointer(memory));

    private Scratch() {}

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** Returns the whole memory; the value starts at index 0. */
    ByteBuffer memory() {
        return memory;
    }

    /** Returns a view of the socket address; it holds what the last call left there. */
    ByteBuffer addressBuffer() {
        return memory.slice(ADDRESS, SockAddr.STORAGE_BYTES).order(ByteOrder.nativeOrder());
    }

    long valueAddress() {
        return base + VALUE;
    }

    long addressAddress() {
        return base + ADDRESS;
    }

    long lengthAddress() {
        return base + LENGTH;
    }

    long errnoAddress() {
        return base + ERRNO;
    }

    int errno() {
        return memory.getInt(ERRNO);
    }

    int length() {
        return memory.getInt(LENGTH);
    }

    void setLength(int length) {
        memory.putInt(LENGTH, length);
    }

    int intValue() {
        return memory.getInt(VALUE);
    }
}
