// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.auth.AddressRules;
import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.streamid.Role;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens and addresses of a configuration in the form in which they are compared, so that the accept filter parses
 * nothing. Immutable.
 */
public final class CallerRules {
    /** The needs of a role. */
    private record Side(StreamTokens tokens, AddressRules addresses) {}

    private record Sides(Side publish, Side play) {
        Side of(Role role) {
            return role == Role.PUBLISH ? publish : play;
        }
    }

    private final Map<String, Sides> streams = new HashMap<>();
    private final Sides others;

    /** Prepares a configuration. */
    public CallerRules(RelayRules rules) {
        others = new Sides(side(rules, null, Role.PUBLISH), side(rules, null, Role.PLAY));
        rules.streams()
                .keySet()
                .forEach(name ->
                        streams.put(name, new Sides(side(rules, name, Role.PUBLISH), side(rules, name, Role.PLAY))));
    }

    /** Returns the tokens of which callers must send one. */
    public StreamTokens tokens(String name, Role role) {
        return streams.getOrDefault(name, others).of(role).tokens;
    }

    /** Returns whether callers from an address may use a stream in a role. */
    public boolean allows(String name, Role role, InetAddress address) {
        return streams.getOrDefault(name, others).of(role).addresses.allows(address);
    }

    private static Side side(RelayRules rules, @Nullable String name, Role role) {
        boolean publish = role == Role.PUBLISH;
        String token = name == null ? rules.tokenOfAll(role) : rules.token(name, role);
        String allow = rules.text(
                name,
                publish ? StreamSetting.PUBLISH_ALLOW : StreamSetting.PLAY_ALLOW,
                publish ? RelaySetting.PUBLISH_ALLOW : RelaySetting.PLAY_ALLOW);
        String deny = rules.text(
                name,
                publish ? StreamSetting.PUBLISH_DENY : StreamSetting.PLAY_DENY,
                publish ? RelaySetting.PUBLISH_DENY : RelaySetting.PLAY_DENY);
        return new Side(
                StreamTokens.parse(token), new AddressRules(AddressRules.blocks(allow), AddressRules.blocks(deny)));
    }
}
