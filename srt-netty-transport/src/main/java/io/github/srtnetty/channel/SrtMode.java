// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/** The side that starts a connection. */
public enum SrtMode {
    /** This side connects. */
    CALLER,
    /** This side waits for connections. */
    LISTENER,
    /** Both sides connect to each other at about the same time. */
    RENDEZVOUS
}
