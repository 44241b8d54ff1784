// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.ClusterRules;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayRulesReader;
import io.github.srtnetty.relay.config.Secrets;
import io.github.srtnetty.relay.directory.ClusterSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a relay: which callers may publish and play which streams, and the limits. Immutable: a changed
 * file is loaded into a new one. docs/relay.md describes the file.
 */
public final class RelayConfig {
    /** All settings at their defaults: every name may be used by every caller, on loopback addresses only. */
    public static final RelayConfig DEFAULT = new RelayConfig(RelayRules.DEFAULT);

    private final RelayRules rules;
    private final @Nullable Path file;
    private final byte[] content;
    private final boolean open;
    private final boolean readOnly;

    RelayConfig(RelayRules rules) {
        this(rules, null, new byte[0], false, false);
    }

    private RelayConfig(RelayRules rules, @Nullable Path file, byte[] content, boolean open, boolean readOnly) {
        this.rules = rules;
        this.file = file;
        this.content = content;
        this.open = open;
        this.readOnly = readOnly;
    }

    /**
     * Reads a file: JSON with comments.
     *
     * @throws IOException in one line with the place and the mistake
     */
    public static RelayConfig load(Path file) throws IOException {
        byte[] content = RelayRulesReader.content(file);
        RelayRules rules = RelayRulesReader.parse(file, content);
        RelayRulesReader.warnOfReaders(file, rules);
        return new RelayConfig(rules, file, content, false, false);
    }

    /**
     * Returns the salted hash of a token for {@code api.tokens} of the file. Takes about 50 ms.
     *
     * @throws IllegalArgumentException where it cannot be a token; the message does not contain it
     */
    public static String hashOf(String token) {
        return TokenHash.of(token).text();
    }

    /**
     * Returns the salted hash of a token for {@code publishToken} and {@code playToken} of the file. It is a fast one,
     * for random tokens.
     *
     * @throws IllegalArgumentException where it cannot be a token; the message does not contain it
     */
    public static String streamHashOf(String token) {
        String complaint = Secrets.tokenComplaint(token);
        if (complaint != null || StreamTokens.isHashed(token)) {
            throw new IllegalArgumentException("a token " + (complaint == null ? "is no hash" : complaint));
        }
        return StreamTokens.hashOf(token);
    }

    /** Returns a copy with {@code "open": true}. */
    public RelayConfig opened() {
        return new RelayConfig(rules.opened(), file, content, true, readOnly);
    }

    /** Returns a copy whose file the control API does not change: its changes are kept in memory. */
    public RelayConfig readOnly() {
        return new RelayConfig(rules, file, content, open, true);
    }

    /**
     * Returns a copy with a cluster of its own file, which has the keys of {@code cluster} only.
     *
     * @throws IOException in one line with the place and the mistake, also where this configuration has a cluster
     */
    public RelayConfig withCluster(Path clusterFile) throws IOException {
        if (rules.cluster() != null) {
            throw new IOException("cluster: is set in the configuration and also in " + clusterFile.getFileName());
        }
        return with(RelayRulesReader.readCluster(clusterFile));
    }

    /**
     * Returns a copy with another value of a key of {@code cluster}.
     *
     * @param key such as {@code bind}
     * @param text the value; of {@code join} the addresses with commas between them
     * @throws IOException where the value cannot be used, in one line
     */
    public RelayConfig withCluster(String key, String text) throws IOException {
        ClusterRules cluster = rules.cluster();
        return with((cluster == null ? ClusterRules.empty() : cluster).with(key, text));
    }

    /**
     * Returns the settings of the cluster that a relay joins, null where it runs alone. Reads the files with secrets
     * and resolves names, so it may block.
     *
     * @throws IOException in one line without secrets: what is missing, cannot be read, or is not allowed together
     */
    public @Nullable ClusterSettings cluster() throws IOException {
        ClusterRules cluster = rules.cluster();
        return cluster == null ? null : cluster.settings();
    }

    /** Returns the file that the control API changes, null where changes are kept in memory. */
    @Nullable
    Path writableFile() {
        return readOnly ? null : file;
    }

    /** Returns the content of the file, empty where it was not read from one. */
    byte[] content() {
        return content.clone();
    }

    /**
     * Returns the configuration with another content of its file.
     *
     * @throws IOException in one line with the place and the mistake
     */
    RelayConfig with(byte[] other) throws IOException {
        RelayRules read = RelayRulesReader.parse(file == null ? Path.of("configuration") : file, other);
        RelayRules all = file == null ? rules.withStreams(read.streams()) : open ? read.opened() : read;
        return new RelayConfig(all.withCluster(rules.cluster()), file, other, open, readOnly);
    }

    private RelayConfig with(ClusterRules cluster) {
        return new RelayConfig(rules.withCluster(cluster), file, content, open, readOnly);
    }

    RelayRules rules() {
        return rules;
    }

    /** Returns numbers only, because the configuration contains secrets. */
    @Override
    public String toString() {
        return rules.toString();
    }
}
