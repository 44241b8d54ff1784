// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

/** The content of a streamed answer, which lasts until one side ends it. On the HTTP event loop. */
public interface HttpStream {
    /** Returns whether earlier writes have been passed to the socket's buffer. */
    boolean isWritable();

    /** Sends bytes without copying them; many clients may share them. */
    void write(byte[] bytes);

    /** Ends the answer and the connection. */
    void close();

    /** Runs a task when the connection is closed, by either side. */
    void onClose(Runnable task);
}
