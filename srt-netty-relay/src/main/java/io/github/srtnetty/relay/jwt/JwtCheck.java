// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import org.jspecify.annotations.Nullable;

/** The result of a check: what a token allows, or why it is rejected. Exactly one of the two is set. */
public record JwtCheck(@Nullable JwtGrant grant, @Nullable JwtFault fault) {
    static JwtCheck of(JwtGrant grant) {
        return new JwtCheck(grant, null);
    }

    static JwtCheck failed(JwtFault fault) {
        return new JwtCheck(null, fault);
    }
}
