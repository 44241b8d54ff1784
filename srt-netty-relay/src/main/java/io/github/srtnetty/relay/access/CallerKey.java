// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;

/**
 * The key under which connections are counted: one address and one token, so a user behind a NAT cannot take the
 * places of another user. A token that is sent but not needed is ignored.
 *
 * @param address the address
 * @param token the token that was checked, empty where none is needed
 */
record CallerKey(Cidr address, String token) {
    static CallerKey of(InetAddress address, StreamRequest request, RelayRules rules) {
        boolean proven = !rules.token(request.name(), request.role()).isEmpty();
        return new CallerKey(AddressKey.of(address), proven ? request.token() : "");
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "CallerKey[" + address + "]";
    }
}
