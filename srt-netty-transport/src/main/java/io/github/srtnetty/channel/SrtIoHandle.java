// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoHandle;

/** Something with a socket of libsrt that an {@link SrtIoHandler} can drive: the channels of this package. */
public interface SrtIoHandle extends IoHandle {
    /** Returns the socket whose readiness {@link #handle} is to be told. */
    SrtSocket socket();

    /**
     * Returns the events ({@link SrtIoOps} bits) that need not be told now, as the handle looks by itself soon. Any
     * thread.
     */
    default int quietEvents() {
        return 0;
    }

    /** Closes the channel, at once where its loop is shutting down. */
    @Override
    void close();
}
