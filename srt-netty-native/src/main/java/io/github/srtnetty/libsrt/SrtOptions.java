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

    /** Size of the largest UDP packet with its IP header; both sides use the smaller of their values. */
    public static final SrtOption<Integer> SRTO_MSS =
            int32("SRTO_MSS", 0, PRE_BIND, "bytes", "1500").atLeast(76);

    /** Whether sending blocks; always false in this transport. */
    public static final SrtOption<Boolean> SRTO_SNDSYN = flag("SRTO_SNDSYN", 1, ANY_TIME, "", "true");

    /** Whether receiving, connecting and accepting block; always false in this transport. */
    public static final SrtOption<Boolean> SRTO_RCVSYN = flag("SRTO_RCVSYN", 2, ANY_TIME, "", "true");

    /** Initial sequence number; before the connect it is 0, or -1 from libsrt 1.5.5 on. */
    public static final SrtOption<Integer> SRTO_ISN = int32("SRTO_ISN", 3, READ_ONLY, "", "");

    /** Flow window: maximum number of unacknowledged packets in flight; limits SRTO_RCVBUF. */
    public static final SrtOption<Integer> SRTO_FC =
            int32("SRTO_FC", 4, PRE_CONNECT, "packets", "25600").atLeast(32);

    /** Size of the send buffer; libsrt rounds it to packets of SRTO_MSS - 28 bytes. */
    public static final SrtOption<Integer> SRTO_SNDBUF =
            int32("SRTO_SNDBUF", 5, PRE_BIND, "bytes", "12058624").atLeast(1);

    /** Size of the receive buffer; at most SRTO_FC packets. */
    public static final SrtOption<Integer> SRTO_RCVBUF =
            int32("SRTO_RCVBUF", 6, PRE_BIND, "bytes", "12058624").atLeast(47104);

    /** Time that a close waits for unsent data; 0: none. The transport waits itself; libsrt's linger stays 0. */
    public static final SrtOption<Integer> SRTO_LINGER =
            linger("SRTO_LINGER", 7, ANY_TIME, "seconds", "0 / 180").atLeast(0);

    /** Send buffer of the UDP socket; must be equal for all sockets that share a port. */
    public static final SrtOption<Integer> SRTO_UDP_SNDBUF =
            int32("SRTO_UDP_SNDBUF", 8, PRE_BIND, "bytes", "65536").atLeast(1500);

    /** Receive buffer of the UDP socket; limited by the system; must be equal for all sockets that share a port. */
    public static final SrtOption<Integer> SRTO_UDP_RCVBUF =
            int32("SRTO_UDP_RCVBUF", 9, PRE_BIND, "bytes", "12288000").atLeast(1500);

    /** Whether both sides bind and connect to each other instead of one listening. */
    public static final SrtOption<Boolean> SRTO_RENDEZVOUS = flag("SRTO_RENDEZVOUS", 12, PRE_CONNECT, "", "false");

    /** Time-out of blocking sends; without effect in this transport. */
    public static final SrtOption<Integer> SRTO_SNDTIMEO =
            int32("SRTO_SNDTIMEO", 13, ANY_TIME, "ms", "-1").atLeast(-1);

    /** Time-out of blocking receives; without effect in this transport. */
    public static final SrtOption<Integer> SRTO_RCVTIMEO =
            int32("SRTO_RCVTIMEO", 14, ANY_TIME, "ms", "-1").atLeast(-1);

    /** Whether the UDP port may be shared with other SRT sockets of this process. */
    public static final SrtOption<Boolean> SRTO_REUSEADDR = flag("SRTO_REUSEADDR", 15, PRE_BIND, "", "true");

    /** Upper limit of the send rate; -1: no limit (1 Gbit/s in live mode), 0: SRTO_INPUTBW plus SRTO_OHEADBW. */
    public static final SrtOption<Long> SRTO_MAXBW =
            int64("SRTO_MAXBW", 16, ANY_TIME, "bytes/s", "-1").atLeast(-1);

    /** State of the socket. */
    public static final SrtOption<SrtSocketState> SRTO_STATE = coded(
                    "SRTO_STATE", 17, SrtSocketState.class, READ_ONLY, "")
            .coded(SrtSocketState::of, SrtSocketState::code);

    /** Events that are true now, as a sum: 1 readable, 4 writable, 8 error. */
    public static final SrtOption<Integer> SRTO_EVENT = int32("SRTO_EVENT", 18, READ_ONLY, "", "");

    /** Packets that were sent or wait to be sent, and are not acknowledged yet. */
    public static final SrtOption<Integer> SRTO_SNDDATA = int32("SRTO_SNDDATA", 19, READ_ONLY, "packets", "");

    /** Packets that were received and not read yet, including those that are not due yet. */
    public static final SrtOption<Integer> SRTO_RCVDATA = int32("SRTO_RCVDATA", 20, READ_ONLY, "packets", "");

    /** Whether this side sends; only for peers older than SRT 1.3. */
    public static final SrtOption<Boolean> SRTO_SENDER = flag("SRTO_SENDER", 21, PRE_CONNECT, "", "false");

    /** Whether the receiver delivers each packet at its source time plus the latency. */
    public static final SrtOption<Boolean> SRTO_TSBPDMODE = flag("SRTO_TSBPDMODE", 22, PRE_CONNECT, "", "true / false");

    /** Latency of both directions: sets SRTO_RCVLATENCY and SRTO_PEERLATENCY; reading returns the former. */
    public static final SrtOption<Integer> SRTO_LATENCY =
            int32("SRTO_LATENCY", 23, PRE_CONNECT, "ms", "120 / 0").between(0, MAX_LATENCY_MILLIS);

    /** Bit rate of the input when SRTO_MAXBW is 0; 0: libsrt measures it. */
    public static final SrtOption<Long> SRTO_INPUTBW =
            int64("SRTO_INPUTBW", 24, ANY_TIME, "bytes/s", "0").atLeast(0);

    /** Extra bandwidth for retransmissions, in percent of the input rate, when SRTO_MAXBW is 0. */
    public static final SrtOption<Integer> SRTO_OHEADBW =
            int32("SRTO_OHEADBW", 25, ANY_TIME, "%", "25").between(5, 100);

    /** Passphrase that encrypts the connection; must be equal on both sides; empty: no encryption. */
    public static final SrtOption<String> SRTO_PASSPHRASE = text("SRTO_PASSPHRASE", 26, PRE_CONNECT, "bytes", "\"\"")
            .bytes(10, 80)
            .writeOnly()
            .secret();

    /** Length of the AES key; 0: the length that the peer has set, or 16. */
    public static final SrtOption<Integer> SRTO_PBKEYLEN = int32("SRTO_PBKEYLEN", 27, PRE_CONNECT, "bytes", "0")
            .range("0, 16, 24 or 32", v -> v == 0 || v == 16 || v == 24 || v == 32);

    /** State of the encryption in the direction that this side uses. */
    public static final SrtOption<SrtKeyState> SRTO_KMSTATE =
            coded("SRTO_KMSTATE", 28, SrtKeyState.class, READ_ONLY, "").coded(SrtKeyState::of, SrtKeyState::code);

    /** Maximum number of hops of a packet; -1: the system's default. */
    public static final SrtOption<Integer> SRTO_IPTTL =
            int32("SRTO_IPTTL", 29, PRE_BIND, "hops", "-1").range("-1 or 1 to 255", v -> v == -1 || v >= 1 && v <= 255);

    /** Type of service (DSCP and ECN) of the packets; -1: the system's default. */
    public static final SrtOption<Integer> SRTO_IPTOS =
            int32("SRTO_IPTOS", 30, PRE_BIND, "", "-1").between(-1, 255);

    /** Whether sender and receiver drop packets that are too late to be played. */
    public static final SrtOption<Boolean> SRTO_TLPKTDROP = flag("SRTO_TLPKTDROP", 31, PRE_CONNECT, "", "true / false");

    /** Time beyond the latency for which the sender keeps packets before it drops them; -1: it never drops. */
    public static final SrtOption<Integer> SRTO_SNDDROPDELAY =
            int32("SRTO_SNDDROPDELAY", 32, ANY_TIME, "ms", "0 / -1").atLeast(-1);

    /** Whether the receiver repeats its loss reports until the packet arrives. */
    public static final SrtOption<Boolean> SRTO_NAKREPORT = flag("SRTO_NAKREPORT", 33, PRE_CONNECT, "", "true / false");

    /** Version of the loaded libsrt. */
    public static final SrtOption<Integer> SRTO_VERSION = int32("SRTO_VERSION", 34, READ_ONLY, "0xXXYYZZ", "");

    /** Version of the peer's libsrt; 0 until connected. */
    public static final SrtOption<Integer> SRTO_PEERVERSION = int32("SRTO_PEERVERSION", 35, READ_ONLY, "0xXXYYZZ", "");

    /** Time-out of a connect; ten times as long in rendezvous mode. */
    public static final SrtOption<Integer> SRTO_CONNTIMEO =
            int32("SRTO_CONNTIMEO", 36, PRE_CONNECT, "ms", "3000").atLeast(0);

    /** Whether the receiver compensates for the drift of the sender's clock. */
    public static final SrtOption<Boolean> SRTO_DRIFTTRACER = flag("SRTO_DRIFTTRACER", 37, ANY_TIME, "", "true");

    /** Minimum bit rate to assume when libsrt measures the input rate. */
    public static final SrtOption<Long> SRTO_MININPUTBW =
            int64("SRTO_MININPUTBW", 38, ANY_TIME, "bytes/s", "0").atLeast(0);

    /** State of the encryption of the data that this side sends. */
    public static final SrtOption<SrtKeyState> SRTO_SNDKMSTATE =
            coded("SRTO_SNDKMSTATE", 40, SrtKeyState.class, READ_ONLY, "").coded(SrtKeyState::of, SrtKeyState::code);

    /** State of the encryption of the data that this side receives. */
    public static final SrtOption<SrtKeyState> SRTO_RCVKMSTATE =
            coded("SRTO_RCVKMSTATE", 41, SrtKeyState.class, READ_ONLY, "").coded(SrtKeyState::of, SrtKeyState::code);

    /** Reordering that the receiver tolerates before it reports a loss. */
    public static final SrtOption<Integer> SRTO_LOSSMAXTTL =
            int32("SRTO_LOSSMAXTTL", 42, ANY_TIME, "packets", "0").atLeast(0);

    /** Latency of the receiving direction; after the connect it is the negotiated value. */
    public static final SrtOption<Integer> SRTO_RCVLATENCY =
            int32("SRTO_RCVLATENCY", 43, PRE_CONNECT, "ms", "120 / 0").between(0, MAX_LATENCY_MILLIS);

    /** Minimum latency that the peer uses for the data that this side sends. */
    public static final SrtOption<Integer> SRTO_PEERLATENCY =
            int32("SRTO_PEERLATENCY", 44, PRE_CONNECT, "ms", "0").between(0, MAX_LATENCY_MILLIS);

    // SrtSocket.create sets this default.
    /** Minimum SRT version of the peer; older peers are rejected. libsrt's own default is 0x010000. */
    public static final SrtOption<Integer> SRTO_MINVERSION =
            int32("SRTO_MINVERSION", 45, PRE_CONNECT, "0xXXYYZZ", "0x010300").atLeast(0);

    /** Stream id that a caller sends in the handshake; an accepted channel has its caller's stream id. */
    public static final SrtOption<String> SRTO_STREAMID = text("SRTO_STREAMID", 46, PRE_CONNECT, "bytes", "\"\"")
            .bytes(0, 512)
            .secret();

    /** Congestion controller; must be equal on both sides. */
    public static final SrtOption<String> SRTO_CONGESTION =
            text("SRTO_CONGESTION", 47, PRE_CONNECT, "", "live / file").oneOf("live", "file");

    /** Whether message boundaries are kept; must be equal on both sides. */
    public static final SrtOption<Boolean> SRTO_MESSAGEAPI =
            flag("SRTO_MESSAGEAPI", 48, PRE_CONNECT, "", "true / false");

    /** Longest message in live mode; a packet filter or AES-GCM lowers the largest possible value. */
    public static final SrtOption<Integer> SRTO_PAYLOADSIZE =
            int32("SRTO_PAYLOADSIZE", 49, PRE_CONNECT, "bytes", "1316 / 0").between(0, LONGEST_LIVE_PAYLOAD);

    /** Live or file mode; setting it resets ten other options to the defaults of that mode. */
    public static final SrtOption<SrtTransmissionType> SRTO_TRANSTYPE = coded(
                    "SRTO_TRANSTYPE", 50, SrtTransmissionType.class, PRE_BIND, "LIVE")
            .coded(SrtTransmissionType::of, SrtTransmissionType::code)
            .range("LIVE or FILE", v -> true)
            .writeOnly();

    /** Number of packets after which the key changes; 0: libsrt's own default, 16777216 (2^24). */
    public static final SrtOption<Integer> SRTO_KMREFRESHRATE =
            int32("SRTO_KMREFRESHRATE", 51, PRE_CONNECT, "packets", "0").atLeast(0);

    /** Packets before a key change when the next key is announced; 0: libsrt's own default, 4096 (2^12). */
    public static final SrtOption<Integer> SRTO_KMPREANNOUNCE =
            int32("SRTO_KMPREANNOUNCE", 52, PRE_CONNECT, "packets", "0").atLeast(0);

    /** Whether different passphrases are rejected; false: the sides connect but cannot decrypt the data. */
    public static final SrtOption<Boolean> SRTO_ENFORCEDENCRYPTION =
            flag("SRTO_ENFORCEDENCRYPTION", 53, PRE_CONNECT, "", "true");

    /** Whether a socket bound to :: accepts IPv6 only; 0: IPv4 too; -1: not set, not allowed for ::. */
    public static final SrtOption<Integer> SRTO_IPV6ONLY =
            int32("SRTO_IPV6ONLY", 54, PRE_BIND, "", "-1").between(-1, 1);

    /** Time without packets from the peer after which the connection is broken. */
    public static final SrtOption<Integer> SRTO_PEERIDLETIMEO =
            int32("SRTO_PEERIDLETIMEO", 55, PRE_CONNECT, "ms", "5000").atLeast(0);

    /** Name of the network interface to bind to; Linux, needs privileges. */
    public static final SrtOption<String> SRTO_BINDTODEVICE =
            text("SRTO_BINDTODEVICE", 56, PRE_BIND, "bytes", "\"\"").bytes(0, 15);

    /** Whether a listener accepts connection groups. */
    public static final SrtOption<Integer> SRTO_GROUPCONNECT = int32("SRTO_GROUPCONNECT", 57, PRE_CONNECT, "", "0")
            .range("0 or 1", v -> v == 0 || v == 1)
            .needs(SrtFeature.BONDING);

    /** Time that a link of a backup group must be stable before it is trusted. */
    public static final SrtOption<Integer> SRTO_GROUPMINSTABLETIMEO = int32(
                    "SRTO_GROUPMINSTABLETIMEO", 58, PRE_CONNECT, "ms", "60")
            .atLeast(60)
            .needs(SrtFeature.BONDING);

    /** Type of the group that an accepted socket joins; available in the accept filter. */
    public static final SrtOption<Integer> SRTO_GROUPTYPE =
            int32("SRTO_GROUPTYPE", 59, READ_ONLY, "", "0").needs(SrtFeature.BONDING);

    // An empty text crashes libsrt 1.5.1, longer ones are ignored without an error.
    /** Packet filter (forward error correction), such as "fec,cols:10,rows:5". */
    public static final SrtOption<String> SRTO_PACKETFILTER =
            text("SRTO_PACKETFILTER", 60, PRE_CONNECT, "bytes", "\"\"").filledBytes(63);

    /** How a sender retransmits: 0: after each loss report, 1: at most once per round trip. */
    public static final SrtOption<Integer> SRTO_RETRANSMITALGO =
            int32("SRTO_RETRANSMITALGO", 61, PRE_CONNECT, "", "1 / 0").range("0 or 1", v -> v == 0 || v == 1);

    /** Cipher: 0 automatic, 1 AES-CTR, 2 AES-GCM. */
    public static final SrtOption<Integer> SRTO_CRYPTOMODE = int32("SRTO_CRYPTOMODE", 62, PRE_CONNECT, "", "0")
            .range("0, 1 or 2", v -> v == 0 || v == 1 || v == 2)
            .needs(SrtFeature.AEAD);

    /** Upper limit of the rate of retransmissions; -1: no limit. */
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
