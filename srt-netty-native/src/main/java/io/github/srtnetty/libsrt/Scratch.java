// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Native memory that a thread passes to libsrt during one call: out parameters, addresses, option values. Each thread
 * has one. It is a direct buffer, so reading it needs no native call. A thread keeps only JDK classes, because it may
 * outlive the class loader of this library.
 */
final class Scratch {
    static final int VALUE_BYTES = 1024;

    private static final int VALUE = 0;
    private static final int ADDRESS = VALUE + VALUE_BYTES;
    private static final int LENGTH = ADDRESS + SockAddr.STORAGE_BYTES;
    private static final int ERRNO = LENGTH + 8;
    private static final int SIZE = ERRNO + 8;

    private static final ThreadLocal<Map.Entry<ByteBuffer, Long>> OF_THREAD =
            ThreadLocal.withInitial(Scratch::allocate);

    private final ByteBuffer memory;
    private final long base;

    private Scratch(Map.Entry<ByteBuffer, Long> allocated) {
        memory = allocated.getKey();
        base = allocated.getValue();
    }

    static Scratch get() {
        return new Scratch(OF_THREAD.get());
    }

    private static Map.Entry<ByteBuffer, Long> allocate() {
        ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
        return Map.entry(memory, Pointer.nativeValue(Native.getDirectBufferPointer(memory)));
    }

    /** Returns the whole memory; the value starts at index 0. */
    ByteBuffer memory() {
        return memory;
    }

    /** Returns a view of the socket address, which still has the result of the last call. */
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
