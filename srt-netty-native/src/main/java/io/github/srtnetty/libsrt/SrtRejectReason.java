// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.Map;

/**
 * Why a connection was refused ({@code SRT_REJECT_REASON} and {@code access_control.h}).
 *
 * @param code below 1000: libsrt's own; 1000 to 1999: predefined, mostly 1000 + an HTTP status; from 2000: the
 * application's
 */
public record SrtRejectReason(int code) {
    /** The first code that an application may send. */
    public static final int FIRST_OF_APPLICATION = 1000;

    public static final SrtRejectReason UNKNOWN = new SrtRejectReason(0);
    public static final SrtRejectReason BACKLOG = new SrtRejectReason(5);
    public static final SrtRejectReason BADSECRET = new SrtRejectReason(10);
    public static final SrtRejectReason UNSECURE = new SrtRejectReason(11);
    public static final SrtRejectReason MESSAGEAPI = new SrtRejectReason(12);
    public static final SrtRejectReason TIMEOUT = new SrtRejectReason(16);
    public static final SrtRejectReason BAD_REQUEST = new SrtRejectReason(1400);
    public static final SrtRejectReason UNAUTHORIZED = new SrtRejectReason(1401);
    public static final SrtRejectReason OVERLOAD = new SrtRejectReason(1402);
    public static final SrtRejectReason FORBIDDEN = new SrtRejectReason(1403);
    public static final SrtRejectReason NOTFOUND = new SrtRejectReason(1404);
    public static final SrtRejectReason BAD_MODE = new SrtRejectReason(1405);
    public static final SrtRejectReason CONFLICT = new SrtRejectReason(1409);
    public static final SrtRejectReason ISE = new SrtRejectReason(1500);
    public static final SrtRejectReason DOWN = new SrtRejectReason(1503);

    private static final String[] OF_LIBSRT = {
        "UNKNOWN",
        "SYSTEM",
        "PEER",
        "RESOURCE",
        "ROGUE",
        "BACKLOG",
        "IPE",
        "CLOSE",
        "VERSION",
        "RDVCOOKIE",
        "BADSECRET",
        "UNSECURE",
        "MESSAGEAPI",
        "CONGESTION",
        "FILTER",
        "GROUP",
        "TIMEOUT",
        "CRYPTO"
    };
    private static final Map<Integer, String> PREDEFINED = Map.ofEntries(
            Map.entry(1000, "FALLBACK"),
            Map.entry(1001, "KEY_NOTSUP"),
            Map.entry(1002, "FILEPATH"),
            Map.entry(1003, "HOSTNOTFOUND"),
            Map.entry(1400, "BAD_REQUEST"),
            Map.entry(1401, "UNAUTHORIZED"),
            Map.entry(1402, "OVERLOAD"),
            Map.entry(1403, "FORBIDDEN"),
            Map.entry(1404, "NOTFOUND"),
            Map.entry(1405, "BAD_MODE"),
            Map.entry(1406, "UNACCEPTABLE"),
            Map.entry(1409, "CONFLICT"),
            Map.entry(1415, "NOTSUP_MEDIA"),
            Map.entry(1423, "LOCKED"),
            Map.entry(1424, "FAILED_DEPEND"),
            Map.entry(1500, "ISE"),
            Map.entry(1501, "UNIMPLEMENTED"),
            Map.entry(1502, "GW"),
            Map.entry(1503, "DOWN"),
            Map.entry(1505, "VERSION"),
            Map.entry(1507, "NOROOM"));

    /** Returns the name without {@code SRT_REJ_} or {@code SRT_REJX_}, or {@code USER} or {@code PREDEFINED}. */
    public String name() {
        if (code >= 0 && code < OF_LIBSRT.length) {
            return OF_LIBSRT[code];
        }
        return PREDEFINED.getOrDefault(
                code, code >= 2000 ? "USER" : code >= FIRST_OF_APPLICATION ? "PREDEFINED" : "UNKNOWN");
    }

    /** Returns what it means, in a few words. */
    public String description() {
        return switch (code) {
            case 4 -> "the peer sent a wrong handshake, or rejected without a reason";
            case 5 -> "the listener's queue of connections is full";
            case 8 -> "the peer's SRT version is too old";
            case 10 -> "wrong passphrase";
            case 11 -> "only one side set a passphrase";
            case 12 -> "one side is in live or message mode, the other in stream mode";
            case 13 -> "the sides use different congestion controllers";
            case 14 -> "the sides use incompatible packet filters";
            case 16 -> "no answer in time";
            default -> code >= FIRST_OF_APPLICATION ? "refused by the peer's application" : "refused";
        };
    }

    /** Returns whether another try may succeed with nothing changed on this side. */
    public boolean isTransient() {
        return switch (code) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 9, 16, 1000, 1402, 1404, 1409, 1423, 1500, 1502, 1503 -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return name() + " (" + code + ")";
    }
}
