// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.api.StreamConfigs;
import io.github.srtnetty.relay.config.ClusterRules;
import io.github.srtnetty.relay.config.ConfigException;
import io.github.srtnetty.relay.edit.ConfigFile;
import io.github.srtnetty.relay.edit.ConfigText;
import io.github.srtnetty.relay.http.HttpProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in effect, whose streams the control API changes: checks all of it, writes its file, and applies
 * it. One change or reload at a time. Blocks for file access.
 */
final class ConfigEditor implements StreamConfigs {
    /** Applies a configuration. */
    interface Applier {
        /**
         * Checks whether a configuration may be used.
         *
         * @throws IOException with the reason
         */
        void check(RelayConfig config) throws IOException;

        /** Uses a configuration that was checked. */
        void apply(RelayConfig config);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(ConfigEditor.class);

    private final Applier applier;
    private final @Nullable ClusterRules cluster;
    private RelayConfig current;

    ConfigEditor(RelayConfig first, Applier applier) {
        current = first;
        cluster = first.rules().cluster();
        this.applier = applier;
    }

    /**
     * Uses another configuration.
     *
     * @throws IOException where it may not be used
     */
    synchronized void use(RelayConfig config) throws IOException {
        applier.check(config);
        current = config;
        applier.apply(config);
        if (!Objects.equals(cluster, config.rules().cluster())) {
            LOGGER.warn("cluster: changes take effect only after a restart");
        }
    }

    @Override
    public synchronized boolean isWritten() {
        return current.writableFile() != null;
    }

    @Override
    public synchronized Map<String, Map<String, @Nullable Object>> all() throws IOException {
        return text(current).streams();
    }

    @Override
    public synchronized @Nullable Map<String, @Nullable Object> change(String name, Change change) throws IOException {
        ConfigText text = text(current);
        Map<String, @Nullable Object> settings = change.apply(text.streams().get(name));
        ConfigText next = settings == null ? text.without(name) : text.with(name, settings);
        RelayConfig config = checked(next, "/streams/" + name.replace("~", "~0").replace("/", "~1"));
        write(config);
        current = config;
        applier.apply(config);
        return settings;
    }

    private RelayConfig checked(ConfigText text, String prefix) {
        try {
            RelayConfig config = current.with(text.content());
            applier.check(config);
            return config;
        } catch (ConfigException e) {
            boolean inside = e.pointer().startsWith(prefix + "/");
            throw new HttpProblem(422, e.complaint()).at(inside ? e.pointer().substring(prefix.length()) : "");
        } catch (IOException e) {
            throw new HttpProblem(422, String.valueOf(e.getMessage()));
        }
    }

    private void write(RelayConfig config) {
        Path file = current.writableFile();
        if (file == null) {
            return;
        }
        try {
            if (!ConfigFile.replace(file, current.content(), config.content())) {
                throw new HttpProblem(
                        409,
                        "the configuration file has changed since it was read;"
                                + " reload it, then repeat the request");
            }
        } catch (IOException e) {
            throw new HttpProblem(500, "the configuration file cannot be written: " + ConfigFile.reason(e));
        }
    }

    /** Rules that come from no file have no text yet. */
    private static ConfigText text(RelayConfig config) throws IOException {
        byte[] content = config.content();
        if (content.length > 0) {
            return ConfigText.of(content);
        }
        ConfigText text = ConfigText.of("{}".getBytes(StandardCharsets.UTF_8));
        for (String name : config.rules().streams().keySet()) {
            text = text.with(name, config.rules().settingsOf(name));
        }
        return text;
    }
}
