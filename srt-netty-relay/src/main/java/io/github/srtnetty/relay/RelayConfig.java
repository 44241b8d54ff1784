// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayRulesReader;
import io.github.srtnetty.relay.config.Secrets;
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
        RelayRulesReader.warnOfReaders(file);
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
        return new RelayConfig(all, file, other, open, readOnly);
    }

    RelayRules rules() {
        return rules;
    }

    /** Returns numbers only: the configuration contains secrets. */
    @Override
    public String toString() {
        return rules.toString();
    }
}
