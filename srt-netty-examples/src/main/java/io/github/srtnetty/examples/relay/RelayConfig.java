// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import java.io.IOException;
import java.nio.file.Path;
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

    /** Everything as by default: every name may be used by anybody. */
    public static final RelayConfig DEFAULT = new RelayConfig(Map.of(), Map.of(), Map.of());

    /** Takes copies. */
    public RelayConfig {
        settings = Map.copyOf(settings);
        streams = Map.copyOf(streams);
        defaultStreamIds = Map.copyOf(defaultStreamIds);
    }

    /**
     * Reads a file.
     *
     * @throws IOException in one line that says where and what is wrong
     */
    public static RelayConfig load(Path file) throws IOException {
        return new RelayConfigReader(file).read();
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
        return role == Role.PUBLISH
                ? own.getOrDefault(StreamSetting.PUBLISH_TOKEN, text(RelaySetting.PUBLISH_TOKEN))
                : own.getOrDefault(StreamSetting.PLAY_TOKEN, text(RelaySetting.PLAY_TOKEN));
    }

    /** Returns what a caller of this port asks for, by its stream id or by the port's default. */
    StreamRequest request(String streamId, int port) throws StreamIdException {
        String standard = defaultStreamIds.getOrDefault(port, "");
        Role portRole = standard.isEmpty()
                ? Role.PLAY
                : StreamIds.parse(standard, Role.PLAY).role();
        return StreamIds.parse(streamId.isEmpty() ? standard : streamId, portRole);
    }
}
