// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import io.github.srtnetty.libsrt.PeerText;

/**
 * What a caller asks for.
 *
 * @param role publish or play
 * @param name the stream's name, without a leading slash
 * @param token what proves that it may, empty where it sent nothing
 */
public record StreamRequest(Role role, String name, String token) {
    @Override
    public String toString() {
        return role + " " + PeerText.printable(name); // the token stays out of logs
    }
}
