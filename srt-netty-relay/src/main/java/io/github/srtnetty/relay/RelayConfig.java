// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, and the limits. Immutable: a new file makes a new one.
 *
 * @param settings what differs from the defaults
 * @param streams the streams that have settings of their own, by name
 * @param defaultStreamIds by port: the id of callers that send none, for devices that cannot
 */
public record RelayConfig(
        Map<RelaySetting, Object> settings,
        Map<String, Map<StreamSetting, String>> streams,
        Map<Integer, String> defaultStreamIds) {

    /** Everything as by default: every name may be used by anybody, on loopback addresses only. */
    public static final RelayConfig DEFAULT = new RelayConfig(Map.of(), Map.of(), Map.of());

    /**
     * Takes copies.
     *
     * @throws IllegalArgumentException when a token or passphrase is empty: it would let everybody in
     */
    public RelayConfig {
        settings = Map.copyOf(settings);
        streams = Map.copyOf(streams);
        defaultStreamIds = Map.copyOf(defaultStreamIds);
        settings.forEach((setting, value) -> require(setting.key(), setting.complaint(value)));
        streams.forEach((name, own) -> own.forEach(
                (setting, value) -> require("stream " + name + ": " + setting.key(), setting.complaint(value))));
    }

    /**
     * Reads a file.
     *
     * @throws IOException in one line that says where and what is wrong
     */
    public static RelayConfig load(Path file) throws IOException {
        return new RelayConfigReader(file).read();
    }

    /** Returns the same with {@code "open": true}. */
    public RelayConfig opened() {
        Map<RelaySetting, Object> more = new HashMap<>(settings);
        more.put(RelaySetting.OPEN, true);
        return new RelayConfig(more, streams, defaultStreamIds);
    }

    boolean isOpen() {
        return (Boolean) settings.getOrDefault(RelaySetting.OPEN, RelaySetting.OPEN.standard());
    }

    int number(RelaySetting setting) {
        return (Integer) settings.getOrDefault(setting, setting.standard());
    }

    String text(RelaySetting setting) {
        return (String) settings.getOrDefault(setting, setting.standard());
    }

    boolean is(RelaySetting setting, String word) {
        return text(setting).equals(word);
    }

    /** Returns whether a name may be used at all. */
    boolean knows(String name) {
        return streams.containsKey(name) || is(RelaySetting.UNLISTED_STREAMS, "allow");
    }

    /** Returns what callers of a stream must encrypt with, null where they need not. */
    @Nullable
    String passphrase(String name) {
        return streams.getOrDefault(name, Map.of()).get(StreamSetting.PASSPHRASE);
    }

    /** Returns what a caller in this role must send, empty where nothing. */
    String token(String name, Role role) {
        Map<StreamSetting, String> own = streams.getOrDefault(name, Map.of());
        StreamSetting setting = role == Role.PUBLISH ? StreamSetting.PUBLISH_TOKEN : StreamSetting.PLAY_TOKEN;
        return own.getOrDefault(setting, text(role.tokenSetting()));
    }

    /** Returns whether any token is set, of all streams or of one. */
    boolean hasTokens() {
        return settings.containsKey(RelaySetting.PUBLISH_TOKEN)
                || settings.containsKey(RelaySetting.PLAY_TOKEN)
                || streams.values().stream()
                        .anyMatch(own -> own.containsKey(StreamSetting.PUBLISH_TOKEN)
                                || own.containsKey(StreamSetting.PLAY_TOKEN));
    }

    /** Returns whether a stream, listed or not, may be used in a role by callers without token and passphrase. */
    boolean letsAnybody(Role role, String name) {
        return token(name, role).isEmpty() && passphrase(name) == null;
    }

    /** Returns what a caller of this port asks for, by its stream id or by the port's default. */
    StreamRequest request(String streamId, int port) throws StreamIdException {
        String standard = defaultStreamIds.getOrDefault(port, "");
        Role portRole = standard.isEmpty()
                ? Role.PLAY
                : StreamIds.parse(standard, Role.PLAY).role();
        return StreamIds.parse(streamId.isEmpty() ? standard : streamId, portRole);
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "RelayConfig[" + settings.size() + " settings, " + streams.size() + " streams, "
                + defaultStreamIds.size() + " defaultStreamIds]";
    }

    private static void require(String key, @Nullable String complaint) {
        if (complaint != null) {
            throw new IllegalArgumentException(key + ": " + complaint);
        }
    }
}
