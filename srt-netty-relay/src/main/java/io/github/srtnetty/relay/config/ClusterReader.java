// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the object {@code cluster} of the relay's file. */
final class ClusterReader {
    private static final List<String> KEYS =
            Stream.of(ClusterSetting.values()).map(ClusterSetting::key).toList();

    private final ConfigJson json;
    private final Path file;

    ClusterReader(ConfigJson json, Path file) {
        this.json = json;
        this.file = file;
    }

    ClusterRules read() throws IOException {
        Map<ClusterSetting, Object> values = new EnumMap<>(ClusterSetting.class);
        json.fields("cluster", key -> {
            ClusterSetting setting = ClusterSetting.byKey(key);
            if (setting == null && key.equals("cluster")) {
                throw json.wrong("the file must contain the keys of cluster directly, not an object cluster");
            }
            if (setting == null) {
                throw json.unknownKey("cluster: ", key, KEYS);
            }
            Object value = switch (setting) {
                case JOIN -> json.texts();
                case EXPECTED_NODES -> json.number();
                case INSECURE -> json.flag();
                default -> json.text();
            };
            String complaint = setting.complaint(value);
            if (complaint != null) {
                throw json.wrong("cluster: " + key + ": " + complaint);
            }
            values.put(setting, value);
        });
        Path parent = file.toAbsolutePath().getParent();
        return new ClusterRules(values, parent == null ? file.toAbsolutePath() : parent);
    }
}
