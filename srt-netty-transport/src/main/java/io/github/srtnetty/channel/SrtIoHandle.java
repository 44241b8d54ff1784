// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoHandle;

/** Something with a socket of libsrt that an {@link SrtIoHandler} can drive: the channels of this package. */
interface SrtIoHandle extends IoHandle {
    /** Returns the socket whose events {@link #handle} gets. */
    SrtSocket socket();

    /** Closes the channel, at once where its loop is shutting down. */
    @Override
    void close();
}
