// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoHandle;

/** A handle with a socket of libsrt that an {@link SrtIoHandler} can drive: a channel of this package. */
interface SrtIoHandle extends IoHandle {
    /** Returns the socket whose events {@link #handle} gets. */
    SrtSocket socket();

    /** Closes the channel, immediately if its loop is shutting down. */
    @Override
    void close();
}
