// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.relay.RelayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code srt-netty relay} about the cluster that it joins. None of them is a secret. */
final class ClusterOptions {
    private static final String PREFIX = "--cluster-";

    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            converter = FileNames.FileConverter.class,
            description = "JSON file with the settings of the cluster to join: the keys of \"cluster\" in the"
                    + " configuration (default: \"cluster\" in the configuration)")
    private @Nullable Path file;

    @Option(
            names = PREFIX + "bind",
            paramLabel = "HOST:PORT",
            description = "TCP address for the other relays of the cluster; an address other than loopback also"
                    + " needs a secret and a key store in --cluster FILE (default: as configured)")
    private @Nullable String bind;

    @Option(
            names = PREFIX + "join",
            paramLabel = "HOST:PORT[,...]",
            description = "addresses of relays to join; they need not be running, and this relay may be among them"
                    + " (default: as configured)")
    private @Nullable String join;

    @Option(
            names = PREFIX + "node",
            paramLabel = "NAME",
            description = "name of this relay in the cluster (default: host name and port of --cluster-bind)")
    private @Nullable String node;

    /** Ends the command if an option has an invalid value. */
    void check(CommandSpec spec) {
        values().forEach((key, text) -> {
            try {
                RelayConfig.DEFAULT.withCluster(key, text);
            } catch (IOException e) {
                String complaint = String.valueOf(e.getMessage()).replaceFirst("^cluster: " + key + ": ", "");
                throw new ParameterException(spec.commandLine(), PREFIX + key + " " + text + ": " + complaint, e);
            }
        });
    }

    /** Returns the configuration with the cluster of these options; unchanged if there are none. */
    RelayConfig applyTo(RelayConfig config) throws IOException {
        RelayConfig result = file == null ? config : config.withCluster(file);
        for (Map.Entry<String, String> value : values().entrySet()) {
            result = result.withCluster(value.getKey(), value.getValue());
        }
        return result;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        add(values, "bind", bind);
        add(values, "join", join);
        add(values, "node", node);
        return values;
    }

    private static void add(Map<String, String> values, String key, @Nullable String text) {
        if (text != null) {
            values.put(key, text);
        }
    }
}
