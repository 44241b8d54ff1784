// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses from which a stream may be used in a role.
 *
 * @param allow the blocks whose callers are admitted, all if empty
 * @param deny the blocks whose callers are rejected, even if {@code allow} has them
 */
public record AddressRules(List<Cidr> allow, List<Cidr> deny) {
    /** Each is compared for a caller, on libsrt's receive thread. */
    public static final int MOST_BLOCKS = 64;

    /** Takes copies. */
    public AddressRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /**
     * Reads blocks with commas or blanks between them.
     *
     * @throws IllegalArgumentException with the block and the reason
     */
    public static List<Cidr> blocks(String text) {
        List<Cidr> blocks = new ArrayList<>();
        for (String part : text.strip().split("[,\\s]+")) {
            if (part.isEmpty()) {
                continue;
            }
            try {
                blocks.add(Cidr.parse(part));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(part + ": " + e.getMessage(), e);
            }
        }
        if (blocks.size() > MOST_BLOCKS) {
            throw new IllegalArgumentException("has more than " + MOST_BLOCKS + " blocks");
        }
        return blocks;
    }

    /** Returns whether callers from an address are admitted. */
    public boolean allows(InetAddress address) {
        return (allow.isEmpty() || Cidr.anyContains(allow, address)) && !Cidr.anyContains(deny, address);
    }
}
