// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.auth.AddressRules;
import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.streamid.StreamIds;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of tokens and passphrases in a configuration. No message contains the secret. */
public final class Secrets {
    /** The texts of the sample configuration in place of secrets. */
    private static final String SAMPLE = "change-me";

    private Secrets() {}

    /**
     * Returns what is wrong with a token or passphrase that is read as it is written, null where nothing is. A value
     * that looks like a reference is rejected: otherwise the file name would be the secret.
     */
    public static @Nullable String complaint(String secret) {
        if (SecretReference.literal(secret) == null) {
            return "begins with file: or env:, which only secrets of cluster can; write the secret itself";
        }
        return contentComplaint(secret);
    }

    /** Returns what is wrong with a secret that a reference may have named, null where nothing is. */
    static @Nullable String contentComplaint(String secret) {
        if (secret.isBlank()) {
            return "is empty, which would admit everybody; omit the key if that is intended";
        }
        return isSample(secret) ? "still is \"" + SAMPLE + "...\" of the sample; set your own secret" : null;
    }

    /** Returns what is wrong with a token, null where nothing is. */
    public static @Nullable String tokenComplaint(String token) {
        String complaint = complaint(token);
        if (complaint != null || !StreamTokens.isHashed(token)) {
            return complaint != null ? complaint : StreamIds.tokenComplaint(token);
        }
        try {
            StreamTokens.parse(token);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Returns what is wrong with a list of addresses and blocks, null where nothing is. */
    static @Nullable String blocksComplaint(String text) {
        try {
            return AddressRules.blocks(text).isEmpty() ? "is empty; omit the key if that is intended" : null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Returns whether a text contains a secret of the sample. */
    public static boolean isSample(String text) {
        return text.toLowerCase(Locale.ROOT).contains(SAMPLE);
    }
}
