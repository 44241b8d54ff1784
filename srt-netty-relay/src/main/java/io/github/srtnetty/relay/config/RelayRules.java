// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.auth.ApiRules;
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
 */
public record RelayRules(
        Map<RelaySetting, Object> settings,
        Map<String, Map<StreamSetting, String>> streams,
        Map<Integer, String> defaultStreamIds,
        ApiRules api,
        List<WebhookTarget> webhooks) {

    /** Everything as by default: every name may be used by anybody, on loopback addresses only. */
    public static final RelayRules DEFAULT = new RelayRules(Map.of(), Map.of(), Map.of());

    /**
     * Takes copies.
     *
     * @throws IllegalArgumentException when a token or passphrase is empty: it would let everybody in
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

    /** Creates rules without webhooks. */
    public RelayRules(
            Map<RelaySetting, Object> settings,
            Map<String, Map<StreamSetting, String>> streams,
            Map<Integer, String> defaultStreamIds,
            ApiRules api) {
        this(settings, streams, defaultStreamIds, api, List.of());
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
        Map<RelaySetting, Object> more = new HashMap<>(settings);
        more.put(RelaySetting.OPEN, true);
        return new RelayRules(more, streams, defaultStreamIds, api, webhooks);
    }

    /** Returns the settings of a listed stream as the file has them, by key. */
    public Map<String, @Nullable Object> settingsOf(String stream) {
        Map<String, @Nullable Object> all = new TreeMap<>();
        streams.getOrDefault(stream, Map.of())
                .forEach((setting, value) ->
                        all.put(setting.key(), setting.isNumber() ? (Object) Long.valueOf(value) : value));
        return all;
    }

    /** Returns the same with other streams. */
    public RelayRules withStreams(Map<String, Map<StreamSetting, String>> others) {
        return new RelayRules(settings, others, defaultStreamIds, api, webhooks);
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

    /** Returns what callers of a stream must encrypt with, null where they need not. */
    @Nullable
    public String passphrase(String name) {
        return streams.getOrDefault(name, Map.of()).get(StreamSetting.PASSPHRASE);
    }

    /** Returns what a caller in this role must send, empty where nothing. */
    public String token(String name, Role role) {
        Map<StreamSetting, String> own = streams.getOrDefault(name, Map.of());
        StreamSetting setting = role == Role.PUBLISH ? StreamSetting.PUBLISH_TOKEN : StreamSetting.PLAY_TOKEN;
        return own.getOrDefault(setting, tokenOfAll(role));
    }

    /** Returns the token of streams that have none of their own, empty where there is none. */
    public String tokenOfAll(Role role) {
        return text(role == Role.PUBLISH ? RelaySetting.PUBLISH_TOKEN : RelaySetting.PLAY_TOKEN);
    }

    /** Returns whether any token is set, of all streams or of one. */
    public boolean hasTokens() {
        return settings.containsKey(RelaySetting.PUBLISH_TOKEN)
                || settings.containsKey(RelaySetting.PLAY_TOKEN)
                || streams.values().stream()
                        .anyMatch(own -> own.containsKey(StreamSetting.PUBLISH_TOKEN)
                                || own.containsKey(StreamSetting.PLAY_TOKEN));
    }

    /** Returns whether a stream, listed or not, may be used in a role by callers without token and passphrase. */
    public boolean letsAnybody(Role role, String name) {
        return token(name, role).isEmpty() && passphrase(name) == null;
    }

    /** Returns what a caller of this port asks for, by its stream id or by the port's default. */
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
