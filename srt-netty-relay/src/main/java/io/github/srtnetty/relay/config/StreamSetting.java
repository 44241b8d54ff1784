// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.libsrt.SrtOptions;
import org.jspecify.annotations.Nullable;

/** The settings of one stream, all of them texts. docs/relay.md has the same rows. */
public enum StreamSetting {
    PASSPHRASE("passphrase", "10 to 80 bytes: callers must encrypt with it"),
    PUBLISH_TOKEN("publishToken", "what its publisher must send"),
    PLAY_TOKEN("playToken", "what its players must send");

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

    /** Returns the row of this setting in docs/relay.md. */
    public String documentation() {
        return "| `" + key + "` | " + help + " |";
    }
}
