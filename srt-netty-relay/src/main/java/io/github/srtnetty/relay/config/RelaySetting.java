// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold for the whole relay: key in the file, default, what it may be. docs/relay.md has the same
 * rows.
 */
public enum RelaySetting {
    PLAYERS_BEFORE_PUBLISHER(
            "playersBeforePublisher",
            List.of("wait", "reject"),
            "a player of a stream that nobody publishes: waits for the publisher, or is rejected with 1404"),
    UNLISTED_STREAMS(
            "unlistedStreams",
            List.of("allow", "reject"),
            "names that are not under `streams`: anybody may use them, or they are rejected with 1404"),
    SLOW_PLAYER(
            "slowPlayer",
            List.of("drop", "disconnect"),
            "a player whose queue is full: loses the oldest packets, or is disconnected"),
    QUEUE_BYTES(
            "queueBytes",
            65_536,
            1 << 30,
            4 << 20,
            "bound of each player's queue: the memory that its packets hold, in bytes; beside libsrt's own buffer"),
    QUEUE_MILLIS("queueMillis", 10, 60_000, 2_000, "bound of each player's queue: the age of its oldest packet"),
    MAX_CONNECTIONS(
            "maxConnections", 1, 1_000_000, 1_000, "publishers and players together; more are rejected with 1402"),
    MAX_CONNECTIONS_PER_ADDRESS(
            "maxConnectionsPerAddress",
            1,
            1_000_000,
            100,
            "publishers and players of one address with the same token; more are rejected with 1402"),
    MAX_PLAYERS_PER_STREAM(
            "maxPlayersPerStream", 1, 1_000_000, 500, "players of one stream; more are rejected with 1402"),
    MAX_PUBLISHERS("maxPublishers", 1, 1_000_000, 200, "publishers of all streams; more are rejected with 1402"),
    PUBLISHER_RESERVE(
            "publisherReservePercent", 0, 90, 10, "part of `maxConnections` that players cannot take from publishers"),
    MAX_PUBLISHER_KILOBITS(
            "maxPublisherKilobits",
            0,
            10_000_000,
            0,
            "the highest payload rate of a publisher in kbit/s, averaged over 5 s; the relay closes a faster one;"
                    + " 0: no limit"),
    FIRST_DATA_MILLIS(
            "firstDataMillis",
            1_000,
            3_600_000,
            30_000,
            "a publisher that has sent nothing for this long since it was accepted is closed"),
    IDLE_PUBLISHER_MILLIS(
            "idlePublisherMillis",
            0,
            86_400_000,
            0,
            "a publisher that stops sending for this long is closed; 0: never"),
    WRONG_TOKENS(
            "wrongTokens",
            1,
            10_000,
            20,
            "wrong tokens in a burst after which an address is banned; one is forgiven every second"),
    WRONG_TOKEN_BAN(
            "wrongTokenBanSeconds", 1, 86_400, 60, "how long a ban for wrong tokens lasts; callers get 1402 meanwhile"),
    HANDSHAKES_PER_SECOND(
            "handshakesPerSecond",
            0,
            1_000_000,
            100,
            "handshakes per second from one address, on average; further ones get 1402; 0: no limit"),
    HANDSHAKE_BURST("handshakeBurst", 1, 1_000_000, 1_000, "handshakes that one address may send in a burst"),
    HANDSHAKES_IN_ALL(
            "handshakesInAll",
            0,
            1_000_000,
            1_000,
            "handshakes per second at one port from all addresses, on average; above it a share is dropped;"
                    + " 0: no limit"),
    MAX_HALF_OPEN(
            "maxHalfOpen",
            1,
            65_536,
            1_024,
            "callers of one port that are accepted but not yet connected; libsrt holds 0.7 MB for each"),
    SILENT_PUBLISHER_MILLIS(
            "silentPublisherMillis",
            500,
            3_600_000,
            2_000,
            "a publisher that sent nothing for this long loses its name to the next publisher that requests it"),
    HISTORY_MEBIBYTES(
            "historyMebibytes",
            1,
            4096,
            64,
            "memory for the history of the page, in MiB; beyond it the history of streams is shorter"),
    ALARM_NO_DATA_SECONDS(
            "alarmNoDataSeconds",
            0,
            3_600,
            5,
            "a publisher that sent nothing for this long raises the alarm `no-bit-rate`; 0: never"),
    ALARM_MIN_BITS_PER_SECOND(
            "alarmMinBitsPerSecond",
            0,
            2_000_000_000,
            0,
            "a publisher that sends less, averaged over 10 s, raises the alarm `low-bit-rate`; 0: never"),
    ALARM_LOSS_PERCENT(
            "alarmLossPercent",
            0,
            100,
            5,
            "share of a publisher's packets lost in transit within 10 s, including recovered ones, that"
                    + " raises the alarm `high-loss`; 0: never"),
    ALARM_DROPPED_PACKETS(
            "alarmDroppedPackets",
            0,
            1_000_000,
            1,
            "packets lost by slow players within 10 s that raise the alarm `slow-player`, as does one"
                    + " player disconnected for being slow; 0: never"),
    ALARM_ENCRYPTION_FAILURES(
            "alarmEncryptionFailures",
            0,
            1_000_000,
            1,
            "callers that did not prove the passphrase, or packets that could not be decrypted, within 10 s"
                    + " that raise the alarm `encryption-failure`; 0: never"),
    ALARM_HOLD_SECONDS(
            "alarmHoldSeconds",
            0,
            3_600,
            5,
            "how long a rate or a loss must be bad before its alarm is raised, and good before an alarm is cleared"),
    HTTP_HOST("httpHost", "host name for the status pages, besides `localhost`, IP addresses and the host of `--http`"),
    PUBLISH_TOKEN(
            "publishToken",
            "token (in clear text or as `sha256:` hashes) that a publisher must send if its stream has none"),
    PLAY_TOKEN(
            "playToken", "token (in clear text or as `sha256:` hashes) that a player must send if its stream has none"),
    PUBLISH_ALLOW(
            "publishAllow",
            "addresses and blocks from which streams without their own `publishAllow` may be published,"
                    + " separated by commas"),
    PUBLISH_DENY(
            "publishDeny",
            "addresses and blocks from which streams without their own `publishDeny` may not be published"),
    PLAY_ALLOW("playAllow", "addresses and blocks from which streams without their own `playAllow` may be played"),
    PLAY_DENY("playDeny", "addresses and blocks from which streams without their own `playDeny` may not be played"),
    OPEN(
            "open",
            false,
            "allows unprotected streams on non-loopback addresses, and ports of"
                    + " `defaultStreamIds` on all interfaces; the same as `--open`");

    private final String key;
    private final List<String> words;
    private final int min;
    private final int max;
    private final Object standard;
    private final String help;

    RelaySetting(String key, List<String> words, String help) {
        this(key, words, 0, 0, words.get(0), help);
    }

    RelaySetting(String key, int min, int max, int standard, String help) {
        this(key, List.of(), min, max, standard, help);
    }

    RelaySetting(String key, String help) {
        this(key, List.of(), 0, 0, "", help);
    }

    RelaySetting(String key, boolean standard, String help) {
        this(key, List.of(), 0, 0, standard, help);
    }

    RelaySetting(String key, List<String> words, int min, int max, Object standard, String help) {
        this.key = key;
        this.words = words;
        this.min = min;
        this.max = max;
        this.standard = standard;
        this.help = help;
    }

    /** Returns the setting with a key of the file, null where there is none. */
    public static @Nullable RelaySetting byKey(String key) {
        for (RelaySetting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }

    public String key() {
        return key;
    }

    public Object standard() {
        return standard;
    }

    /** Returns whether it is a limit or a time, which the control API changes without a reload. */
    public boolean isNumber() {
        return standard instanceof Integer;
    }

    /** Returns the least value of a number. */
    public int min() {
        return min;
    }

    /** Returns the greatest value of a number. */
    public int max() {
        return max;
    }

    public boolean isFlag() {
        return standard instanceof Boolean;
    }

    /** Returns whether it is a list of addresses and blocks; the file may have it as a list of texts. */
    public boolean isBlocks() {
        return this == PUBLISH_ALLOW || this == PUBLISH_DENY || this == PLAY_ALLOW || this == PLAY_DENY;
    }

    /** Returns what is wrong with a value of the right type, null where nothing is. */
    @Nullable
    public String complaint(Object value) {
        if (this == PUBLISH_TOKEN || this == PLAY_TOKEN) {
            return Secrets.tokenComplaint((String) value);
        }
        if (isBlocks()) {
            return Secrets.blocksComplaint((String) value);
        }
        if (value instanceof Integer number && (number < min || number > max)) {
            return "must be from " + min + " to " + max;
        }
        return words.isEmpty() || words.contains(value) ? null : "must be one of " + String.join(", ", words);
    }

    /** Returns the row of this setting in docs/relay.md. */
    public String documentation() {
        String range = isNumber()
                ? min + " to " + max
                : isFlag() ? "true, false" : words.isEmpty() ? "text" : String.join(", ", words);
        String value = standard.equals("") ? "none" : standard.toString();
        return "| `" + key + "` | " + range + " | " + value + " | " + help + " |";
    }
}
