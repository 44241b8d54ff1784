// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import io.github.srtnetty.libsrt.PeerText;

/**
 * The request of a caller.
 *
 * @param role publish or play
 * @param name the stream's name, without a leading slash
 * @param token what proves that it may, empty where it sent nothing
 * @param user the user name that it states, empty if none; it proves nothing
 */
public record StreamRequest(Role role, String name, String token, String user) {
    /** Creates the request of a caller without a user name. */
    public StreamRequest(Role role, String name, String token) {
        this(role, name, token, "");
    }

    @Override
    public String toString() {
        return role + " " + PeerText.printable(name); // the token stays out of logs
    }
}
