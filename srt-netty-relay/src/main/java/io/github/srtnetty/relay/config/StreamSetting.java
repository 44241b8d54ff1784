// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.libsrt.SrtOptions;
import org.jspecify.annotations.Nullable;

/** The settings of one stream, all of them texts. docs/relay.md has the same rows. */
public enum StreamSetting {
    PASSPHRASE("passphrase", "10 to 80 bytes: callers must encrypt with it"),
    PUBLISH_TOKEN("publishToken", "what its publisher must send, in clear or as `sha256:` hashes"),
    PLAY_TOKEN("playToken", "what its players must send, in clear or as `sha256:` hashes"),
    PUBLISH_ALLOW("publishAllow", "addresses and blocks from which it may be published, with commas between them"),
    PUBLISH_DENY("publishDeny", "addresses and blocks from which it may not be published"),
    PLAY_ALLOW("playAllow", "addresses and blocks from which it may be played"),
    PLAY_DENY("playDeny", "addresses and blocks from which it may not be played");

    private final String key;
    private final String help;

    StreamSetting(String key, String help) {
        this.key = key;
        this.help = help;
    }

    /** Returns the setting with a key of the file, null where there is none. */
    public static @Nullable StreamSetting byKey(String key) {
        for (StreamSetting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }

    public String key() {
        return key;
    }

    /** Returns what is wrong with a value, without the value; null where nothing is. */
    @Nullable
    public String complaint(String value) {
        if (isBlocks()) {
            return Secrets.blocksComplaint(value);
        }
        if (this != PASSPHRASE) {
            return Secrets.tokenComplaint(value);
        }
        String complaint = Secrets.complaint(value);
        if (complaint != null) {
            return complaint;
        }
        try {
            SrtOptions.SRTO_PASSPHRASE.validate(value);
            return null;
        } catch (IllegalArgumentException e) {
            return "must be 10 to 80 bytes long, without zero bytes and lone surrogates";
        }
    }

    /** Returns whether it is a list of addresses and blocks; the file may have it as a list of texts. */
    public boolean isBlocks() {
        return this == PUBLISH_ALLOW || this == PUBLISH_DENY || this == PLAY_ALLOW || this == PLAY_DENY;
    }

    /** Returns the row of this setting in docs/relay.md. */
    public String documentation() {
        return "| `" + key + "` | " + help + " |";
    }
}
