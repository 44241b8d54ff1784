// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** The error codes of libsrt ({@code SRT_ERRNO} in {@code srt.h}). The thousands are the group of the error. */
public enum SrtError {
    UNKNOWN(-1),
    SUCCESS(0),
    ECONNSETUP(1000),
    ENOSERVER(1001),
    ECONNREJ(1002),
    ESOCKFAIL(1003),
    ESECFAIL(1004),
    ESCLOSED(1005),
    ECONNFAIL(2000),
    ECONNLOST(2001),
    ENOCONN(2002),
    ERESOURCE(3000),
    ETHREAD(3001),
    ENOBUF(3002),
    ESYSOBJ(3003),
    EFILE(4000),
    EINVRDOFF(4001),
    ERDPERM(4002),
    EINVWROFF(4003),
    EWRPERM(4004),
    EINVOP(5000),
    EBOUNDSOCK(5001),
    ECONNSOCK(5002),
    EINVPARAM(5003),
    EINVSOCK(5004),
    EUNBOUNDSOCK(5005),
    ENOLISTEN(5006),
    ERDVNOSERV(5007),
    ERDVUNBOUND(5008),
    EINVALMSGAPI(5009),
    EINVALBUFFERAPI(5010),
    EDUPLISTEN(5011),
    ELARGEMSG(5012),
    EINVPOLLID(5013),
    EPOLLEMPTY(5014),
    EBINDCONFLICT(5015),
    EASYNCFAIL(6000),
    EASYNCSND(6001),
    EASYNCRCV(6002),
    ETIMEOUT(6003),
    ECONGEST(6004),
    EPEERERR(7000);

    private static final SrtError[] ALL = values();

    private final int code;

    SrtError(int code) {
        this.code = code;
    }

    /** Returns libsrt's number of the error. */
    public int code() {
        return code;
    }

    /** Returns the error with a number, or {@link #UNKNOWN} if {@code srt.h} 1.5 does not have it. */
    public static SrtError of(int code) {
        for (SrtError error : ALL) {
            if (error.code == code) {
                return error;
            }
        }
        return UNKNOWN;
    }

    /** Returns whether the code means that the peer or the connection is gone. */
    static boolean meansGone(int code) {
        return code == ECONNLOST.code || code == ENOCONN.code || code == EINVSOCK.code;
    }

    /** Returns whether the code means that a non-blocking call would have had to wait. */
    static boolean meansWouldBlock(int code) {
        return code == EASYNCSND.code || code == EASYNCRCV.code;
    }
}
