// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the whole relay: key in the file, default, and allowed values. docs/relay.md has the same
 * rows.
 */
public enum RelaySetting {
    PLAYERS_BEFORE_PUBLISHER(
            "playersBeforePublisher",
            List.of("wait", "reject"),
            "a player of a stream without a publisher waits for one, or is rejected with 1404"),
    UNLISTED_STREAMS(
            "unlistedStreams",
            List.of("allow", "reject"),
            "names that are not under `streams` are allowed, or are rejected with 1404; with 1401 if any token is set"
                    + " and the caller sent no right one"),
    SLOW_PLAYER(
            "slowPlayer",
            List.of("drop", "disconnect"),
            "a player whose queue is full loses the oldest packets, or is disconnected"),
    QUEUE_BYTES(
            "queueBytes",
            65_536,
            1 << 30,
            4 << 20,
            "maximum memory for the packets in a player's queue, in bytes; libsrt's send buffer is not counted"),
    QUEUE_MILLIS("queueMillis", 10, 60_000, 2_000, "maximum age of the oldest packet in a player's queue, in ms"),
    MAX_CONNECTIONS(
            "maxConnections",
            1,
            1_000_000,
            1_000,
            "maximum number of publishers and players together; more are rejected with 1402"),
    MAX_CONNECTIONS_PER_ADDRESS(
            "maxConnectionsPerAddress",
            1,
            1_000_000,
            100,
            "maximum number of publishers and players from one address with the same token; more"
                    + " are rejected with 1402"),
    MAX_PLAYERS_PER_STREAM(
            "maxPlayersPerStream",
            1,
            1_000_000,
            500,
            "maximum number of players of one stream; more are rejected with 1402"),
    MAX_PUBLISHERS(
            "maxPublishers",
            1,
            1_000_000,
            200,
            "maximum number of publishers of all streams; more are rejected with 1402"),
    PUBLISHER_RESERVE(
            "publisherReservePercent", 0, 90, 10, "percentage of `maxConnections` that is reserved for publishers"),
    MAX_PUBLISHER_KILOBITS(
            "maxPublisherKilobits",
            0,
            10_000_000,
            0,
            "a publisher is closed when its payload exceeds this rate in kbit/s, averaged over 5 s; 0: no limit"),
    FIRST_DATA_MILLIS(
            "firstDataMillis",
            1_000,
            3_600_000,
            30_000,
            "a publisher is closed when it has sent nothing for this time since it was accepted, in ms"),
    IDLE_PUBLISHER_MILLIS(
            "idlePublisherMillis",
            0,
            86_400_000,
            0,
            "a publisher is closed when it stops sending for this time, in ms; 0: never"),
    WRONG_TOKENS(
            "wrongTokens",
            1,
            10_000,
            20,
            "maximum number of wrong tokens from one address before it is banned; the count falls"
                    + " by one every second"),
    WRONG_TOKEN_BAN(
            "wrongTokenBanSeconds",
            1,
            86_400,
            60,
            "duration of a ban for wrong tokens, in s; its callers are rejected with 1402"),
    HANDSHAKES_PER_SECOND(
            "handshakesPerSecond",
            0,
            1_000_000,
            100,
            "maximum handshakes per second from one address, on average; more are rejected with 1402;"
                    + " 0: no limit"),
    HANDSHAKE_BURST("handshakeBurst", 1, 1_000_000, 1_000, "maximum handshakes from one address in a burst"),
    HANDSHAKES_IN_ALL(
            "handshakesInAll",
            0,
            1_000_000,
            1_000,
            "maximum handshakes per second at one port from all addresses, on average; beyond it a"
                    + " share is dropped; 0: no limit"),
    MAX_HALF_OPEN(
            "maxHalfOpen",
            1,
            65_536,
            1_024,
            "maximum number of callers of one port that are accepted but not yet connected; each"
                    + " takes 0.7 MB in libsrt"),
    SILENT_PUBLISHER_MILLIS(
            "silentPublisherMillis",
            500,
            3_600_000,
            2_000,
            "a publisher that has sent nothing for this time, in ms, loses its name to the next"
                    + " publisher that requests it"),
    HISTORY_MEBIBYTES(
            "historyMebibytes",
            1,
            4096,
            64,
            "memory for the history on the web page, in MiB; when it is full, the history of"
                    + " streams gets shorter"),
    ALARM_NO_DATA_SECONDS(
            "alarmNoDataSeconds",
            0,
            3_600,
            5,
            "a publisher that has sent nothing for this time, in s, raises the alarm `no-bit-rate`; 0: never"),
    ALARM_MIN_BITS_PER_SECOND(
            "alarmMinBitsPerSecond",
            0,
            2_000_000_000,
            0,
            "a publisher that sends less than this in bit/s, averaged over 10 s, raises the alarm"
                    + " `low-bit-rate`; 0: never"),
    ALARM_LOSS_PERCENT(
            "alarmLossPercent",
            0,
            100,
            5,
            "this percentage of a publisher's packets lost within 10 s, including those recovered"
                    + " by retransmission, raises the alarm `high-loss`; 0: never"),
    ALARM_DROPPED_PACKETS(
            "alarmDroppedPackets",
            0,
            1_000_000,
            1,
            "this many packets lost by slow players within 10 s, or one slow player disconnected,"
                    + " raises the alarm `slow-player`; 0: never"),
    ALARM_ENCRYPTION_FAILURES(
            "alarmEncryptionFailures",
            0,
            1_000_000,
            1,
            "this many callers with a wrong passphrase, or packets that could not be decrypted,"
                    + " within 10 s raise the alarm `encryption-failure`; 0: never"),
    ALARM_HOLD_SECONDS(
            "alarmHoldSeconds",
            0,
            3_600,
            5,
            "time in s that a rate or loss must be bad before its alarm is raised, and good before"
                    + " an alarm is cleared"),
    HTTP_HOST(
            "httpHost",
            "host name at which the status pages answer, besides `localhost`, IP addresses and the"
                    + " host of `--http`"),
    PUBLISH_TOKEN(
            "publishToken",
            "token that a publisher must send if its stream has no token of its own: plain text or"
                    + " `sha256:` hashes"),
    PLAY_TOKEN(
            "playToken",
            "token that a player must send if its stream has no token of its own: plain text or `sha256:` hashes"),
    PUBLISH_ALLOW(
            "publishAllow",
            "comma-separated addresses and blocks that may publish streams without a `publishAllow` of their own"),
    PUBLISH_DENY(
            "publishDeny", "addresses and blocks that may not publish streams without a `publishDeny` of their own"),
    PLAY_ALLOW("playAllow", "addresses and blocks that may play streams without a `playAllow` of their own"),
    PLAY_DENY("playDeny", "addresses and blocks that may not play streams without a `playDeny` of their own"),
    OPEN(
            "open",
            false,
            "allows listening beyond loopback although a stream needs neither token nor passphrase,"
                    + " and ports of `defaultStreamIds` on all interfaces; the same as `--open`");

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
