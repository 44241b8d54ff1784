// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/** Who starts a connection. */
public enum SrtMode {
    /** This side connects. */
    CALLER,
    /** This side waits. */
    LISTENER,
    /** Both sides connect to each other at about the same time. */
    RENDEZVOUS
}
