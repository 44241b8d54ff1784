// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.Map;

/**
 * The reason for which a connection was rejected ({@code SRT_REJECT_REASON} and {@code access_control.h}).
 *
 * @param code below 1000: libsrt's own; 1000 to 1999: predefined, mostly 1000 + an HTTP status; from 2000: the
 * application's
 */
public record SrtRejectReason(int code) {
    /** The first code that an application may send. */
    public static final int FIRST_OF_APPLICATION = 1000;

    /** The reason is unknown. */
    public static final SrtRejectReason UNKNOWN = new SrtRejectReason(0);

    /** A system call failed. */
    public static final SrtRejectReason SYSTEM = new SrtRejectReason(1);

    /** The peer rejected the connection. */
    public static final SrtRejectReason PEER = new SrtRejectReason(2);

    /** Memory or another resource is exhausted. */
    public static final SrtRejectReason RESOURCE = new SrtRejectReason(3);

    /** The peer sent an invalid handshake, or rejected the connection without a reason. */
    public static final SrtRejectReason ROGUE = new SrtRejectReason(4);

    /** The listener's queue of connections is full. */
    public static final SrtRejectReason BACKLOG = new SrtRejectReason(5);

    /** libsrt has an internal error. */
    public static final SrtRejectReason IPE = new SrtRejectReason(6);

    /** The socket is closing. */
    public static final SrtRejectReason CLOSE = new SrtRejectReason(7);

    /** The peer's SRT version is too old. */
    public static final SrtRejectReason VERSION = new SrtRejectReason(8);

    /** The cookies of a rendezvous collide. */
    public static final SrtRejectReason RDVCOOKIE = new SrtRejectReason(9);

    /** The passphrases differ. */
    public static final SrtRejectReason BADSECRET = new SrtRejectReason(10);

    /** Only one side has a passphrase. */
    public static final SrtRejectReason UNSECURE = new SrtRejectReason(11);

    /** One side uses messages, the other a stream. */
    public static final SrtRejectReason MESSAGEAPI = new SrtRejectReason(12);

    /** The sides use different congestion controllers. */
    public static final SrtRejectReason CONGESTION = new SrtRejectReason(13);

    /** The packet filters of the two sides are not compatible. */
    public static final SrtRejectReason FILTER = new SrtRejectReason(14);

    /** The groups of the two sides are not compatible. */
    public static final SrtRejectReason GROUP = new SrtRejectReason(15);

    /** The peer did not answer in time. */
    public static final SrtRejectReason TIMEOUT = new SrtRejectReason(16);

    /** The application gave no specific reason. */
    public static final SrtRejectReason FALLBACK = new SrtRejectReason(1000);

    /** A key of the stream id is not supported. */
    public static final SrtRejectReason KEY_NOTSUP = new SrtRejectReason(1001);

    /** The path of a file is invalid, or the file does not exist. */
    public static final SrtRejectReason FILEPATH = new SrtRejectReason(1002);

    /** The host in the stream id is unknown. */
    public static final SrtRejectReason HOSTNOTFOUND = new SrtRejectReason(1003);

    /** The stream id is invalid. */
    public static final SrtRejectReason BAD_REQUEST = new SrtRejectReason(1400);

    /** Authentication failed. */
    public static final SrtRejectReason UNAUTHORIZED = new SrtRejectReason(1401);

    /** The server is overloaded, or a limit has been reached. */
    public static final SrtRejectReason OVERLOAD = new SrtRejectReason(1402);

    /** Access is denied. */
    public static final SrtRejectReason FORBIDDEN = new SrtRejectReason(1403);

    /** The resource does not exist at this time. */
    public static final SrtRejectReason NOTFOUND = new SrtRejectReason(1404);

    /** The mode in the stream id is not supported. */
    public static final SrtRejectReason BAD_MODE = new SrtRejectReason(1405);

    /** The parameters are not acceptable for the resource. */
    public static final SrtRejectReason UNACCEPTABLE = new SrtRejectReason(1406);

    /** The resource is in use, for example by another publisher. */
    public static final SrtRejectReason CONFLICT = new SrtRejectReason(1409);

    /** The media type is not supported. */
    public static final SrtRejectReason NOTSUP_MEDIA = new SrtRejectReason(1415);

    /** The resource is locked. */
    public static final SrtRejectReason LOCKED = new SrtRejectReason(1423);

    /** A session that this one depends on has ended. */
    public static final SrtRejectReason FAILED_DEPEND = new SrtRejectReason(1424);

    /** The server failed. */
    public static final SrtRejectReason ISE = new SrtRejectReason(1500);

    /** The request is not implemented. */
    public static final SrtRejectReason UNIMPLEMENTED = new SrtRejectReason(1501);

    /** The server behind a gateway rejected the connection. */
    public static final SrtRejectReason GW = new SrtRejectReason(1502);

    /** The service is down. */
    public static final SrtRejectReason DOWN = new SrtRejectReason(1503);

    /** The application does not support the peer's SRT version ({@code SRT_REJX_VERSION}). */
    public static final SrtRejectReason APPLICATION_VERSION = new SrtRejectReason(1505);

    /** The server has no storage space left. */
    public static final SrtRejectReason NOROOM = new SrtRejectReason(1507);

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
            default -> code >= FIRST_OF_APPLICATION ? ofApplication() : "refused";
        };
    }

    /** Returns the meanings of {@code access_control.h}; an application may mean more by them. */
    private String ofApplication() {
        return switch (code) {
            case 1001 -> "a key of the stream id is not supported";
            case 1002 -> "there is no such file, or its path is wrong";
            case 1003 -> "the host in the stream id is not known";
            case 1400 -> "the stream id is wrong or missing";
            case 1401 -> "token missing or wrong";
            case 1402 -> "the server is overloaded, or a limit is reached";
            case 1403 -> "access is denied";
            case 1404 -> "there is no such stream or file now";
            case 1405 -> "the mode in the stream id is not served";
            case 1406 -> "the parameters do not fit the stream or file";
            case 1409 -> "already in use, for example by another publisher";
            case 1415 -> "the type of media is not supported";
            case 1423 -> "locked";
            case 1424 -> "a session that this one depends on has ended";
            case 1500 -> "the server failed";
            case 1501 -> "not implemented by the server";
            case 1502 -> "a server behind the gateway rejected the connection";
            case 1503 -> "the server is down or about to end";
            case 1505 -> "the server does not support this version of SRT";
            case 1507 -> "the server has no storage left";
            default -> "refused by the peer's application";
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
