// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

/** The content of an answer that goes on until one side ends it. On the HTTP event loop. */
public interface HttpStream {
    /** Returns whether the client has taken what was written before, as far as the socket's buffer holds. */
    boolean isWritable();

    /** Sends bytes, which are not copied and may be shared by many clients. */
    void write(byte[] bytes);

    /** Ends the answer and the connection. */
    void close();

    /** Runs a task when the connection is closed, by either side. */
    void onClose(Runnable task);
}
