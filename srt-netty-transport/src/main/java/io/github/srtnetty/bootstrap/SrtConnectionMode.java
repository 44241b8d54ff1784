// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

/** The role of this side when a connection is made ({@code mode=} of an address). */
public enum SrtConnectionMode {
    /** This side connects. */
    CALLER,
    /** This side waits for connections. */
    LISTENER,
    /** Both sides connect to each other at about the same time. */
    RENDEZVOUS
}
