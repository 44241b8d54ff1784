// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.libsrt.SrtOptions;
import org.jspecify.annotations.Nullable;

/** The settings of one stream: secrets, and numbers in place of those of the relay. docs/relay.md has the same rows. */
public enum StreamSetting {
    PASSPHRASE("passphrase", "10 to 80 bytes; callers must encrypt with it"),
    PUBLISH_TOKEN("publishToken", "token that its publisher must send: plain text or `sha256:` hashes"),
    PLAY_TOKEN("playToken", "token that its players must send: plain text or `sha256:` hashes"),
    PUBLISH_ALLOW("publishAllow", "comma-separated addresses and blocks that may publish it"),
    PUBLISH_DENY("publishDeny", "addresses and blocks that may not publish it"),
    PLAY_ALLOW("playAllow", "addresses and blocks that may play it"),
    PLAY_DENY("playDeny", "addresses and blocks that may not play it"),
    CUES("cues", "true: the SCTE-35 cues of its publisher become [events](relay-events.md); default false"),
    ALARM_NO_DATA_SECONDS(RelaySetting.ALARM_NO_DATA_SECONDS),
    ALARM_MIN_BITS_PER_SECOND(RelaySetting.ALARM_MIN_BITS_PER_SECOND),
    ALARM_LOSS_PERCENT(RelaySetting.ALARM_LOSS_PERCENT),
    ALARM_DROPPED_PACKETS(RelaySetting.ALARM_DROPPED_PACKETS),
    ALARM_ENCRYPTION_FAILURES(RelaySetting.ALARM_ENCRYPTION_FAILURES),
    ALARM_HOLD_SECONDS(RelaySetting.ALARM_HOLD_SECONDS);

    private final String key;
    private final String help;
    private final @Nullable RelaySetting number;

    StreamSetting(String key, String help) {
        this.key = key;
        this.help = help;
        number = null;
    }

    StreamSetting(RelaySetting number) {
        key = number.key();
        help = "the same setting of the relay, for this stream only";
        this.number = number;
    }

    /** Returns the setting that stands for one of the relay, null where streams have none. */
    static @Nullable StreamSetting of(RelaySetting setting) {
        for (StreamSetting own : values()) {
            if (own.number == setting) {
                return own;
            }
        }
        return null;
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

    /** Returns whether it is a number, in decimal digits. */
    public boolean isNumber() {
        return number != null;
    }

    /** Returns whether it is true or false. */
    public boolean isFlag() {
        return this == CUES;
    }

    /** Returns whether it must not be shown. */
    public boolean isSecret() {
        return number == null && !isBlocks() && !isFlag();
    }

    /** Returns what is wrong with a value, without the value; null where nothing is. */
    @Nullable
    public String complaint(String value) {
        if (number != null) {
            return number.complaint(Integer.valueOf(value));
        }
        if (isFlag()) {
            return value.equals("true") || value.equals("false") ? null : "must be true or false";
        }
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
