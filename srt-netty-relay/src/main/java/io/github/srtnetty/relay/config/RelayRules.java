// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.auth.AddressRules;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.AuthRules;
import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamIdException;
import io.github.srtnetty.relay.streamid.StreamIds;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.github.srtnetty.relay.webhook.WebhookTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a relay: streams, tokens, limits. Immutable: a reload creates another one.
 *
 * @param settings what differs from the defaults
 * @param streams the streams that have settings of their own, by name
 * @param defaultStreamIds by port: the id of callers that send none, for devices that cannot
 * @param api tokens, addresses and certificate of the HTTP side
 * @param webhooks where events are sent
 * @param auth what decides about callers beside the tokens of streams
 * @param cluster the cluster that the relay joins at its start, null where it runs alone
 */
public record RelayRules(
        Map<RelaySetting, Object> settings,
        Map<String, Map<StreamSetting, String>> streams,
        Map<Integer, String> defaultStreamIds,
        ApiRules api,
        List<WebhookTarget> webhooks,
        AuthRules auth,
        @Nullable ClusterRules cluster) {

    /** Everything as by default: every name may be used by anybody, on loopback addresses only. */
    public static final RelayRules DEFAULT = new RelayRules(Map.of(), Map.of(), Map.of());

    /**
     * Takes copies.
     *
     * @throws IllegalArgumentException when a token or passphrase is empty: it would admit everybody
     */
    public RelayRules {
        settings = Map.copyOf(settings);
        streams = Map.copyOf(streams);
        defaultStreamIds = Map.copyOf(defaultStreamIds);
        webhooks = List.copyOf(webhooks);
        settings.forEach((setting, value) -> require(setting.key(), setting.complaint(value)));
        streams.forEach((name, own) -> own.forEach(
                (setting, value) -> require("stream " + name + ": " + setting.key(), setting.complaint(value))));
    }

    /** Creates rules of a relay that runs alone. */
    public RelayRules(
            Map<RelaySetting, Object> settings,
            Map<String, Map<StreamSetting, String>> streams,
            Map<Integer, String> defaultStreamIds,
            ApiRules api,
            List<WebhookTarget> webhooks,
            AuthRules auth) {
        this(settings, streams, defaultStreamIds, api, webhooks, auth, null);
    }

    /** Creates rules without webhooks, in which only tokens decide about callers. */
    public RelayRules(
            Map<RelaySetting, Object> settings,
            Map<String, Map<StreamSetting, String>> streams,
            Map<Integer, String> defaultStreamIds,
            ApiRules api) {
        this(settings, streams, defaultStreamIds, api, List.of(), AuthRules.NONE);
    }

    /** Creates rules with the HTTP side as by default. */
    public RelayRules(
            Map<RelaySetting, Object> settings,
            Map<String, Map<StreamSetting, String>> streams,
            Map<Integer, String> defaultStreamIds) {
        this(settings, streams, defaultStreamIds, ApiRules.DEFAULT);
    }

    /** Returns the same with {@code "open": true}. */
    public RelayRules opened() {
        return with(Map.of(RelaySetting.OPEN, true));
    }

    /** Returns the same with other values of some settings. */
    RelayRules with(Map<RelaySetting, Object> changes) {
        Map<RelaySetting, Object> all = new HashMap<>(settings);
        all.putAll(changes);
        return new RelayRules(all, streams, defaultStreamIds, api, webhooks, auth, cluster);
    }

    /** Returns the settings of a listed stream as the file has them, by key. */
    public Map<String, @Nullable Object> settingsOf(String stream) {
        Map<String, @Nullable Object> all = new TreeMap<>();
        streams.getOrDefault(stream, Map.of())
                .forEach((setting, value) -> all.put(setting.key(), typed(setting, value)));
        return all;
    }

    private static Object typed(StreamSetting setting, String value) {
        return setting.isNumber() ? Long.valueOf(value) : setting.isFlag() ? Boolean.valueOf(value) : value;
    }

    /** Returns whether the cues of a stream become events. */
    public boolean reportsCues(String stream) {
        return Boolean.parseBoolean(streams.getOrDefault(stream, Map.of()).get(StreamSetting.CUES));
    }

    /** Returns the same with other streams. */
    public RelayRules withStreams(Map<String, Map<StreamSetting, String>> others) {
        return new RelayRules(settings, others, defaultStreamIds, api, webhooks, auth, cluster);
    }

    /** Returns the same with another cluster. */
    public RelayRules withCluster(@Nullable ClusterRules other) {
        return new RelayRules(settings, streams, defaultStreamIds, api, webhooks, auth, other);
    }

    public boolean isOpen() {
        return (Boolean) settings.getOrDefault(RelaySetting.OPEN, RelaySetting.OPEN.standard());
    }

    public int number(RelaySetting setting) {
        return (Integer) settings.getOrDefault(setting, setting.standard());
    }

    /** Returns the number of a stream where it has one of its own, otherwise that of the relay. */
    public int number(RelaySetting setting, String stream) {
        StreamSetting own = StreamSetting.of(setting);
        String value =
                own == null ? null : streams.getOrDefault(stream, Map.of()).get(own);
        return value == null ? number(setting) : Integer.parseInt(value);
    }

    public String text(RelaySetting setting) {
        return (String) settings.getOrDefault(setting, setting.standard());
    }

    public boolean is(RelaySetting setting, String word) {
        return text(setting).equals(word);
    }

    /** Returns whether a name may be used at all. */
    public boolean knows(String name) {
        return streams.containsKey(name) || is(RelaySetting.UNLISTED_STREAMS, "allow");
    }

    /** Returns the passphrase of a stream, null if it has none. */
    @Nullable
    public String passphrase(String name) {
        return streams.getOrDefault(name, Map.of()).get(StreamSetting.PASSPHRASE);
    }

    /** Returns a setting of a stream, that of all streams where it has none or the name is null, empty without both. */
    String text(@Nullable String name, StreamSetting own, RelaySetting ofAll) {
        Map<StreamSetting, String> settingsOfStream = name == null ? Map.of() : streams.getOrDefault(name, Map.of());
        return settingsOfStream.getOrDefault(own, text(ofAll));
    }

    /** Returns what a caller in this role must send, in clear or as hashes; empty where nothing. */
    public String token(String name, Role role) {
        Map<StreamSetting, String> own = streams.getOrDefault(name, Map.of());
        StreamSetting setting = role == Role.PUBLISH ? StreamSetting.PUBLISH_TOKEN : StreamSetting.PLAY_TOKEN;
        return own.getOrDefault(setting, tokenOfAll(role));
    }

    /** Returns the token of streams that have none of their own, empty where there is none. */
    public String tokenOfAll(Role role) {
        return text(role == Role.PUBLISH ? RelaySetting.PUBLISH_TOKEN : RelaySetting.PLAY_TOKEN);
    }

    /** Returns whether callers must prove anything for any stream. */
    public boolean hasTokens() {
        return auth.covers(Role.PUBLISH)
                || auth.covers(Role.PLAY)
                || settings.containsKey(RelaySetting.PUBLISH_TOKEN)
                || settings.containsKey(RelaySetting.PLAY_TOKEN)
                || streams.values().stream()
                        .anyMatch(own -> own.containsKey(StreamSetting.PUBLISH_TOKEN)
                                || own.containsKey(StreamSetting.PLAY_TOKEN));
    }

    /**
     * Returns whether the file itself has a secret: a passphrase, a token in clear, or an address with a query, which
     * may have one. Hashes are none, as they are of tokens that cannot be guessed.
     */
    boolean hasSecrets() {
        return !webhooks.isEmpty()
                || isInClear(tokenOfAll(Role.PUBLISH))
                || isInClear(tokenOfAll(Role.PLAY))
                || streams.values().stream().anyMatch(RelayRules::hasSecret)
                || defaultStreamIds.values().stream().anyMatch(RelayRules::hasToken)
                || auth.hasSecrets()
                || cluster != null && cluster.hasSecret();
    }

    private static boolean hasSecret(Map<StreamSetting, String> own) {
        return own.entrySet().stream()
                .anyMatch(setting -> setting.getKey().isSecret() && isInClear(setting.getValue()));
    }

    private static boolean isInClear(String token) {
        return !token.isEmpty() && !StreamTokens.isHashed(token);
    }

    private static boolean hasToken(String streamId) {
        try {
            return !StreamIds.parse(streamId, Role.PLAY).token().isEmpty();
        } catch (StreamIdException e) {
            return true; // it may have one in a place that the relay does not know
        }
    }

    /**
     * Returns whether a stream, listed or not, may be used in a role by callers from anywhere without token and
     * passphrase.
     */
    public boolean letsAnybody(Role role, String name) {
        return token(name, role).isEmpty()
                && passphrase(name) == null
                && !auth.covers(role)
                && isForAllAddresses(role, name);
    }

    /** Returns whether an unlisted stream may be used in a role by callers from anywhere without a token. */
    public boolean letsAnybody(Role role) {
        return tokenOfAll(role).isEmpty() && !auth.covers(role) && isForAllAddresses(role, null);
    }

    private boolean isForAllAddresses(Role role, @Nullable String name) {
        String allow = role == Role.PUBLISH
                ? text(name, StreamSetting.PUBLISH_ALLOW, RelaySetting.PUBLISH_ALLOW)
                : text(name, StreamSetting.PLAY_ALLOW, RelaySetting.PLAY_ALLOW);
        return allow.isEmpty() || AddressRules.blocks(allow).stream().anyMatch(block -> block.bits() == 0);
    }

    /** Returns the request of a caller of this port, from its stream id or the port's default. */
    public StreamRequest request(String streamId, int port) throws StreamIdException {
        String standard = defaultStreamIds.getOrDefault(port, "");
        Role portRole = standard.isEmpty()
                ? Role.PLAY
                : StreamIds.parse(standard, Role.PLAY).role();
        return StreamIds.parse(streamId.isEmpty() ? standard : streamId, portRole);
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "RelayRules[" + settings.size() + " settings, " + streams.size() + " streams, " + defaultStreamIds.size()
                + " defaultStreamIds]";
    }

    private static void require(String key, @Nullable String complaint) {
        if (complaint != null) {
            throw new IllegalArgumentException(key + ": " + complaint);
        }
    }
}
