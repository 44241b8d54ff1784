// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Addresses of direct buffers.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class NativeMemory {
    private NativeMemory() {}

    /**
     * Returns the address of a direct buffer's position. Keep the buffer reachable while the address is in use.
     *
     * @throws IllegalArgumentException when the buffer is not direct
     */
    public static long addressOf(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer)) + buffer.position();
    }
}
