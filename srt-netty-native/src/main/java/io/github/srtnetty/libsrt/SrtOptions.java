// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static io.github.srtnetty.libsrt.SrtOption.When.ANY_TIME;
import static io.github.srtnetty.libsrt.SrtOption.When.PRE_BIND;
import static io.github.srtnetty.libsrt.SrtOption.When.PRE_CONNECT;
import static io.github.srtnetty.libsrt.SrtOption.When.READ_ONLY;

import io.github.srtnetty.libsrt.SrtOption.Encoding;
import io.github.srtnetty.libsrt.SrtOption.When;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All socket options of libsrt 1.5 ({@code SRT_SOCKOPT}), in the order of their numbers: the one table that channel
 * options, {@code srt://} keys and documentation come from. A test compares it with the header and with the library.
 */
public final class SrtOptions {
    private static final List<SrtOption<?>> TABLE = new ArrayList<>();
    /** The handshake has 16 bits for a latency: libsrt takes 65536 and both sides then use 0. */
    private static final int MAX_LATENCY_MILLIS = 0xFFFF;

    /** The longest payload of a message in live mode, in bytes ({@code SRT_LIVE_MAX_PLSIZE}). */
    public static final int LONGEST_LIVE_PAYLOAD = 1456;

    /** IP packet size; the smaller of both peers' is used. */
    public static final SrtOption<Integer> SRTO_MSS =
            int32("SRTO_MSS", 0, PRE_BIND, "bytes", "1500").atLeast(76);

    /** Whether sending blocks; always false in this transport. */
    public static final SrtOption<Boolean> SRTO_SNDSYN = flag("SRTO_SNDSYN", 1, ANY_TIME, "", "true");

    /** Whether receiving, connecting and accepting block; always false in this transport. */
    public static final SrtOption<Boolean> SRTO_RCVSYN = flag("SRTO_RCVSYN", 2, ANY_TIME, "", "true");

    /** Initial sequence number; before the connection 0, or -1 from 1.5.5 on. */
    public static final SrtOption<Integer> SRTO_ISN = int32("SRTO_ISN", 3, READ_ONLY, "", "");

    /** Packets in flight at most; bounds SRTO_RCVBUF. */
    public static final SrtOption<Integer> SRTO_FC =
            int32("SRTO_FC", 4, PRE_CONNECT, "packets", "25600").atLeast(32);

    /** Send buffer, kept in packets of SRTO_MSS - 28. */
    public static final SrtOption<Integer> SRTO_SNDBUF =
            int32("SRTO_SNDBUF", 5, PRE_BIND, "bytes", "12058624").atLeast(1);

    /** Receive buffer, clipped to SRTO_FC packets. */
    public static final SrtOption<Integer> SRTO_RCVBUF =
            int32("SRTO_RCVBUF", 6, PRE_BIND, "bytes", "12058624").atLeast(47104);

    /** How long a close may wait for unsent data, 0: not; this transport waits itself. */
    public static final SrtOption<Integer> SRTO_LINGER =
            linger("SRTO_LINGER", 7, ANY_TIME, "seconds", "0 / 180").atLeast(0);

    /** Buffer of the UDP socket; equal for all that share a port. */
    public static final SrtOption<Integer> SRTO_UDP_SNDBUF =
            int32("SRTO_UDP_SNDBUF", 8, PRE_BIND, "bytes", "65536").atLeast(1500);

    /** Buffer of the UDP socket; equal for all that share a port; capped by the system. */
    public static final SrtOption<Integer> SRTO_UDP_RCVBUF =
            int32("SRTO_UDP_RCVBUF", 9, PRE_BIND, "bytes", "12288000").atLeast(1500);

    /** Both sides connect to each other. */
    public static final SrtOption<Boolean> SRTO_RENDEZVOUS = flag("SRTO_RENDEZVOUS", 12, PRE_CONNECT, "", "false");

    /** Blocking calls only. */
    public static final SrtOption<Integer> SRTO_SNDTIMEO =
            int32("SRTO_SNDTIMEO", 13, ANY_TIME, "ms", "-1").atLeast(-1);

    /** Blocking calls only. */
    public static final SrtOption<Integer> SRTO_RCVTIMEO =
            int32("SRTO_RCVTIMEO", 14, ANY_TIME, "ms", "-1").atLeast(-1);

    /** Share the UDP port with other sockets of this process. */
    public static final SrtOption<Boolean> SRTO_REUSEADDR = flag("SRTO_REUSEADDR", 15, PRE_BIND, "", "true");

    /** -1: 1 Gbit/s in live mode; 0: from SRTO_INPUTBW. */
    public static final SrtOption<Long> SRTO_MAXBW =
            int64("SRTO_MAXBW", 16, ANY_TIME, "bytes/s", "-1").atLeast(-1);

    /** SRT_SOCKSTATUS. */
    public static final SrtOption<SrtSocketState> SRTO_STATE = coded(
                    "SRTO_STATE", 17, SrtSocketState.class, READ_ONLY, "")
            .coded(SrtSocketState::of, SrtSocketState::code);

    /** Events that are true now: 1 in, 4 out, 8 error. */
    public static final SrtOption<Integer> SRTO_EVENT = int32("SRTO_EVENT", 18, READ_ONLY, "", "");

    /** Sent or queued and not yet acknowledged. */
    public static final SrtOption<Integer> SRTO_SNDDATA = int32("SRTO_SNDDATA", 19, READ_ONLY, "packets", "");

    /** Received and not yet taken, those not yet due included. */
    public static final SrtOption<Integer> SRTO_RCVDATA = int32("SRTO_RCVDATA", 20, READ_ONLY, "packets", "");

    /** Only for peers older than 1.3. */
    public static final SrtOption<Boolean> SRTO_SENDER = flag("SRTO_SENDER", 21, PRE_CONNECT, "", "false");

    /** Deliver at source time + latency. */
    public static final SrtOption<Boolean> SRTO_TSBPDMODE = flag("SRTO_TSBPDMODE", 22, PRE_CONNECT, "", "true / false");

    /** Sets SRTO_RCVLATENCY and SRTO_PEERLATENCY, reads the former. */
    public static final SrtOption<Integer> SRTO_LATENCY =
            int32("SRTO_LATENCY", 23, PRE_CONNECT, "ms", "120 / 0").between(0, MAX_LATENCY_MILLIS);

    /** Rate of the input, 0: measured. */
    public static final SrtOption<Long> SRTO_INPUTBW =
            int64("SRTO_INPUTBW", 24, ANY_TIME, "bytes/s", "0").atLeast(0);

    /** For retransmission, over the rate of the input. */
    public static final SrtOption<Integer> SRTO_OHEADBW =
            int32("SRTO_OHEADBW", 25, ANY_TIME, "%", "25").between(5, 100);

    /** Encrypts; can be set and not read. */
    public static final SrtOption<String> SRTO_PASSPHRASE = text("SRTO_PASSPHRASE", 26, PRE_CONNECT, "bytes", "\"\"")
            .bytes(10, 80)
            .writeOnly()
            .secret();

    /** AES key length, 0: 16 or the peer's. */
    public static final SrtOption<Integer> SRTO_PBKEYLEN = int32("SRTO_PBKEYLEN", 27, PRE_CONNECT, "bytes", "0")
            .range("0, 16, 24 or 32", v -> v == 0 || v == 16 || v == 24 || v == 32);

    /** State of the key exchange. */
    public static final SrtOption<SrtKeyState> SRTO_KMSTATE =
            coded("SRTO_KMSTATE", 28, SrtKeyState.class, READ_ONLY, "").coded(SrtKeyState::of, SrtKeyState::code);

    /** Hops that packets may take, -1: the system's default. */
    public static final SrtOption<Integer> SRTO_IPTTL =
            int32("SRTO_IPTTL", 29, PRE_BIND, "hops", "-1").range("-1 or 1 to 255", v -> v == -1 || v >= 1 && v <= 255);

    /** Type of service, or DSCP and ECN; -1: the system's default. */
    public static final SrtOption<Integer> SRTO_IPTOS =
            int32("SRTO_IPTOS", 30, PRE_BIND, "", "-1").between(-1, 255);

    /** Drop packets that are too late. */
    public static final SrtOption<Boolean> SRTO_TLPKTDROP = flag("SRTO_TLPKTDROP", 31, PRE_CONNECT, "", "true / false");

    /** How much longer the sender keeps late packets; -1: it never drops any. */
    public static final SrtOption<Integer> SRTO_SNDDROPDELAY =
            int32("SRTO_SNDDROPDELAY", 32, ANY_TIME, "ms", "0 / -1").atLeast(-1);

    /** Report losses again and again. */
    public static final SrtOption<Boolean> SRTO_NAKREPORT = flag("SRTO_NAKREPORT", 33, PRE_CONNECT, "", "true / false");

    /** Version of the library. */
    public static final SrtOption<Integer> SRTO_VERSION = int32("SRTO_VERSION", 34, READ_ONLY, "0xXXYYZZ", "");

    /** Version of the peer, 0 until connected. */
    public static final SrtOption<Integer> SRTO_PEERVERSION = int32("SRTO_PEERVERSION", 35, READ_ONLY, "0xXXYYZZ", "");

    /** Ten times as long in rendezvous mode. */
    public static final SrtOption<Integer> SRTO_CONNTIMEO =
            int32("SRTO_CONNTIMEO", 36, PRE_CONNECT, "ms", "3000").atLeast(0);

    /** Follow the drift of the peer's clock. */
    public static final SrtOption<Boolean> SRTO_DRIFTTRACER = flag("SRTO_DRIFTTRACER", 37, ANY_TIME, "", "true");

    /** Least rate to assume where it is measured. */
    public static final SrtOption<Long> SRTO_MININPUTBW =
            int64("SRTO_MININPUTBW", 38, ANY_TIME, "bytes/s", "0").atLeast(0);

    /** 0 unsecured, 1 securing, 2 secured, 3 no secret, 4 bad secret. */
    public static final SrtOption<SrtKeyState> SRTO_SNDKMSTATE =
            coded("SRTO_SNDKMSTATE", 40, SrtKeyState.class, READ_ONLY, "").coded(SrtKeyState::of, SrtKeyState::code);

    /** As SRTO_SNDKMSTATE. */
    public static final SrtOption<SrtKeyState> SRTO_RCVKMSTATE =
            coded("SRTO_RCVKMSTATE", 41, SrtKeyState.class, READ_ONLY, "").coded(SrtKeyState::of, SrtKeyState::code);

    /** Reordering to tolerate before a loss is reported. */
    public static final SrtOption<Integer> SRTO_LOSSMAXTTL =
            int32("SRTO_LOSSMAXTTL", 42, ANY_TIME, "packets", "0").atLeast(0);

    /** Once connected: the negotiated one. */
    public static final SrtOption<Integer> SRTO_RCVLATENCY =
            int32("SRTO_RCVLATENCY", 43, PRE_CONNECT, "ms", "120 / 0").between(0, MAX_LATENCY_MILLIS);

    /** Least latency that the peer shall use. */
    public static final SrtOption<Integer> SRTO_PEERLATENCY =
            int32("SRTO_PEERLATENCY", 44, PRE_CONNECT, "ms", "0").between(0, MAX_LATENCY_MILLIS);

    /** Older peers are rejected. libsrt's own default is 0x010000; {@link SrtSocket#create} sets this one. */
    public static final SrtOption<Integer> SRTO_MINVERSION =
            int32("SRTO_MINVERSION", 45, PRE_CONNECT, "0xXXYYZZ", "0x010300").atLeast(0);

    /** Sent by a caller; an accepted socket has its peer's. */
    public static final SrtOption<String> SRTO_STREAMID = text("SRTO_STREAMID", 46, PRE_CONNECT, "bytes", "\"\"")
            .bytes(0, 512)
            .secret();

    /** Congestion controller. */
    public static final SrtOption<String> SRTO_CONGESTION =
            text("SRTO_CONGESTION", 47, PRE_CONNECT, "", "live / file").oneOf("live", "file");

    /** Keep the boundaries of messages; equal on both sides. */
    public static final SrtOption<Boolean> SRTO_MESSAGEAPI =
            flag("SRTO_MESSAGEAPI", 48, PRE_CONNECT, "", "true / false");

    /** Longest message in live mode; less with packet filter or AEAD. */
    public static final SrtOption<Integer> SRTO_PAYLOADSIZE =
            int32("SRTO_PAYLOADSIZE", 49, PRE_CONNECT, "bytes", "1316 / 0").between(0, LONGEST_LIVE_PAYLOAD);

    /** Live or file; sets many other options. */
    public static final SrtOption<SrtTransmissionType> SRTO_TRANSTYPE = coded(
                    "SRTO_TRANSTYPE", 50, SrtTransmissionType.class, PRE_BIND, "LIVE")
            .coded(SrtTransmissionType::of, SrtTransmissionType::code)
            .range("LIVE or FILE", v -> true)
            .writeOnly();

    /** Packets before the key changes, 0: 2^24. */
    public static final SrtOption<Integer> SRTO_KMREFRESHRATE =
            int32("SRTO_KMREFRESHRATE", 51, PRE_CONNECT, "packets", "0").atLeast(0);

    /** Packets before that when the next key is announced, 0: 2^12. */
    public static final SrtOption<Integer> SRTO_KMPREANNOUNCE =
            int32("SRTO_KMPREANNOUNCE", 52, PRE_CONNECT, "packets", "0").atLeast(0);

    /** Refuse where the passphrases differ. */
    public static final SrtOption<Boolean> SRTO_ENFORCEDENCRYPTION =
            flag("SRTO_ENFORCEDENCRYPTION", 53, PRE_CONNECT, "", "true");

    /** Needed for ::, 0: also IPv4. */
    public static final SrtOption<Integer> SRTO_IPV6ONLY =
            int32("SRTO_IPV6ONLY", 54, PRE_BIND, "", "-1").between(-1, 1);

    /** Silence after which the peer is gone. */
    public static final SrtOption<Integer> SRTO_PEERIDLETIMEO =
            int32("SRTO_PEERIDLETIMEO", 55, PRE_CONNECT, "ms", "5000").atLeast(0);

    /** Linux, with privileges. */
    public static final SrtOption<String> SRTO_BINDTODEVICE =
            text("SRTO_BINDTODEVICE", 56, PRE_BIND, "bytes", "\"\"").bytes(0, 15);

    /** Accept groups. */
    public static final SrtOption<Integer> SRTO_GROUPCONNECT = int32("SRTO_GROUPCONNECT", 57, PRE_CONNECT, "", "0")
            .range("0 or 1", v -> v == 0 || v == 1)
            .needs(SrtFeature.BONDING);

    /** How long a link of a backup group must be stable. */
    public static final SrtOption<Integer> SRTO_GROUPMINSTABLETIMEO = int32(
                    "SRTO_GROUPMINSTABLETIMEO", 58, PRE_CONNECT, "ms", "60")
            .atLeast(60)
            .needs(SrtFeature.BONDING);

    /** Type of the group that an accepted socket joins, known in the accept filter. */
    public static final SrtOption<Integer> SRTO_GROUPTYPE =
            int32("SRTO_GROUPTYPE", 59, READ_ONLY, "", "0").needs(SrtFeature.BONDING);

    /** Forward error correction. An empty text crashes libsrt 1.5.1, longer ones are ignored without a word. */
    public static final SrtOption<String> SRTO_PACKETFILTER =
            text("SRTO_PACKETFILTER", 60, PRE_CONNECT, "bytes", "\"\"").filledBytes(63);

    /** 1: retransmit less when the peer reports late. */
    public static final SrtOption<Integer> SRTO_RETRANSMITALGO =
            int32("SRTO_RETRANSMITALGO", 61, PRE_CONNECT, "", "1 / 0").range("0 or 1", v -> v == 0 || v == 1);

    /** 0 automatic, 1 AES-CTR, 2 AES-GCM. */
    public static final SrtOption<Integer> SRTO_CRYPTOMODE = int32("SRTO_CRYPTOMODE", 62, PRE_CONNECT, "", "0")
            .range("0, 1 or 2", v -> v == 0 || v == 1 || v == 2)
            .needs(SrtFeature.AEAD);

    /** Most for retransmission. */
    public static final SrtOption<Long> SRTO_MAXREXMITBW =
            int64("SRTO_MAXREXMITBW", 63, ANY_TIME, "bytes/s", "-1").atLeast(-1).needs(SrtFeature.MAXREXMITBW);

    private SrtOptions() {}

    /** Returns all of them, in the order of their numbers. */
    public static List<SrtOption<?>> all() {
        return Collections.unmodifiableList(TABLE);
    }

    /** Returns the option of that key in {@code srt://} addresses, null where there is none. */
    public static @Nullable SrtOption<?> byUriKey(String key) {
        for (SrtOption<?> option : TABLE) {
            if (option.uriKey().equals(key)) {
                return option;
            }
        }
        return null;
    }

    private static SrtOption<Integer> int32(String name, int number, When when, String unit, String defaults) {
        return add(new SrtOption<>(name, number, Integer.class, Encoding.INT32, when, unit, defaults));
    }

    private static SrtOption<Long> int64(String name, int number, When when, String unit, String defaults) {
        return add(new SrtOption<>(name, number, Long.class, Encoding.INT64, when, unit, defaults));
    }

    private static SrtOption<Boolean> flag(String name, int number, When when, String unit, String defaults) {
        return add(new SrtOption<>(name, number, Boolean.class, Encoding.BOOL, when, unit, defaults));
    }

    private static SrtOption<String> text(String name, int number, When when, String unit, String defaults) {
        return add(new SrtOption<>(name, number, String.class, Encoding.STRING, when, unit, defaults));
    }

    private static SrtOption<Integer> linger(String name, int number, When when, String unit, String defaults) {
        return add(new SrtOption<>(name, number, Integer.class, Encoding.LINGER, when, unit, defaults));
    }

    private static <T> SrtOption<T> coded(String name, int number, Class<T> type, When when, String defaults) {
        return add(new SrtOption<>(name, number, type, Encoding.ENUM, when, "", defaults));
    }

    private static <T> SrtOption<T> add(SrtOption<T> option) {
        TABLE.add(option);
        return option;
    }
}
