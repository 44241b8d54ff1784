// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.gate;

/** The role that a route needs of its caller. */
public enum Need {
    /** Nothing: health, the description of the API. */
    NOTHING,
    /** An address that is allowed: files without a secret. */
    FILE,
    /** A token of any role, where there are tokens; on loopback nothing. */
    PAGE,
    /** A token of any role. */
    OBSERVER,
    /** A token of an operator or admin. */
    OPERATOR,
    /** A token of an admin. */
    ADMIN
}
