// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.channel.ChannelOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * libsrt's options: for Netty's bootstraps, {@link SrtChannelConfig}, {@link SrtAcceptDecision} and addresses. Units,
 * ranges and when each can be set stand in docs/options.md. There is one for each row of {@link SrtOptions}, but for
 * those of blocking calls, which a Netty channel never makes.
 *
 * @param <T> the type of the option's values
 */
public final class SrtChannelOption<T> extends ChannelOption<T> {
    private static final Map<SrtOption<?>, SrtChannelOption<?>> BY_ROW = new LinkedHashMap<>();

    /** Size of the largest UDP packet with its IP header; both sides use the smaller of their values. */
    public static final SrtChannelOption<Integer> SRTO_MSS = add(SrtOptions.SRTO_MSS);

    /** Initial sequence number; before the connect it is 0, or -1 from libsrt 1.5.5 on. */
    public static final SrtChannelOption<Integer> SRTO_ISN = add(SrtOptions.SRTO_ISN);

    /** Flow window: maximum number of unacknowledged packets in flight; limits SRTO_RCVBUF. */
    public static final SrtChannelOption<Integer> SRTO_FC = add(SrtOptions.SRTO_FC);

    /** Size of the send buffer; libsrt rounds it to packets of SRTO_MSS - 28 bytes. */
    public static final SrtChannelOption<Integer> SRTO_SNDBUF = add(SrtOptions.SRTO_SNDBUF);

    /** Size of the receive buffer; at most SRTO_FC packets. */
    public static final SrtChannelOption<Integer> SRTO_RCVBUF = add(SrtOptions.SRTO_RCVBUF);

    /** Time that a close waits for unsent data; 0: none. The transport waits itself; libsrt's linger stays 0. */
    public static final SrtChannelOption<Integer> SRTO_LINGER = add(SrtOptions.SRTO_LINGER);

    /** Send buffer of the UDP socket; must be equal for all sockets that share a port. */
    public static final SrtChannelOption<Integer> SRTO_UDP_SNDBUF = add(SrtOptions.SRTO_UDP_SNDBUF);

    /** Receive buffer of the UDP socket; limited by the system; must be equal for all sockets that share a port. */
    public static final SrtChannelOption<Integer> SRTO_UDP_RCVBUF = add(SrtOptions.SRTO_UDP_RCVBUF);

    /** Whether both sides bind and connect to each other instead of one listening. */
    public static final SrtChannelOption<Boolean> SRTO_RENDEZVOUS = add(SrtOptions.SRTO_RENDEZVOUS);

    /** Whether the UDP port may be shared with other SRT sockets of this process. */
    public static final SrtChannelOption<Boolean> SRTO_REUSEADDR = add(SrtOptions.SRTO_REUSEADDR);

    /** Upper limit of the send rate; -1: no limit (1 Gbit/s in live mode), 0: SRTO_INPUTBW plus SRTO_OHEADBW. */
    public static final SrtChannelOption<Long> SRTO_MAXBW = add(SrtOptions.SRTO_MAXBW);

    /** State of the socket. */
    public static final SrtChannelOption<SrtSocketState> SRTO_STATE = add(SrtOptions.SRTO_STATE);

    /** Events that are true now, as a sum: 1 readable, 4 writable, 8 error. */
    public static final SrtChannelOption<Integer> SRTO_EVENT = add(SrtOptions.SRTO_EVENT);

    /** Packets that were sent or wait to be sent, and are not acknowledged yet. */
    public static final SrtChannelOption<Integer> SRTO_SNDDATA = add(SrtOptions.SRTO_SNDDATA);

    /** Packets that were received and not read yet, including those that are not due yet. */
    public static final SrtChannelOption<Integer> SRTO_RCVDATA = add(SrtOptions.SRTO_RCVDATA);

    /** Whether this side sends; only for peers older than SRT 1.3. */
    public static final SrtChannelOption<Boolean> SRTO_SENDER = add(SrtOptions.SRTO_SENDER);

    /** Whether the receiver delivers each packet at its source time plus the latency. */
    public static final SrtChannelOption<Boolean> SRTO_TSBPDMODE = add(SrtOptions.SRTO_TSBPDMODE);

    /** Latency of both directions: sets SRTO_RCVLATENCY and SRTO_PEERLATENCY; reading returns the former. */
    public static final SrtChannelOption<Integer> SRTO_LATENCY = add(SrtOptions.SRTO_LATENCY);

    /** Bit rate of the input when SRTO_MAXBW is 0; 0: libsrt measures it. */
    public static final SrtChannelOption<Long> SRTO_INPUTBW = add(SrtOptions.SRTO_INPUTBW);

    /** Extra bandwidth for retransmissions, in percent of the input rate, when SRTO_MAXBW is 0. */
    public static final SrtChannelOption<Integer> SRTO_OHEADBW = add(SrtOptions.SRTO_OHEADBW);

    /** Passphrase that encrypts the connection; must be equal on both sides; empty: no encryption. */
    public static final SrtChannelOption<String> SRTO_PASSPHRASE = add(SrtOptions.SRTO_PASSPHRASE);

    /** Length of the AES key; 0: the length that the peer has set, or 16. */
    public static final SrtChannelOption<Integer> SRTO_PBKEYLEN = add(SrtOptions.SRTO_PBKEYLEN);

    /** State of the encryption in the direction that this side uses. */
    public static final SrtChannelOption<SrtKeyState> SRTO_KMSTATE = add(SrtOptions.SRTO_KMSTATE);

    /** Maximum number of hops of a packet; -1: the system's default. */
    public static final SrtChannelOption<Integer> SRTO_IPTTL = add(SrtOptions.SRTO_IPTTL);

    /** Type of service (DSCP and ECN) of the packets; -1: the system's default. */
    public static final SrtChannelOption<Integer> SRTO_IPTOS = add(SrtOptions.SRTO_IPTOS);

    /** Whether sender and receiver drop packets that are too late to be played. */
    public static final SrtChannelOption<Boolean> SRTO_TLPKTDROP = add(SrtOptions.SRTO_TLPKTDROP);

    /** Time beyond the latency for which the sender keeps packets before it drops them; -1: it never drops. */
    public static final SrtChannelOption<Integer> SRTO_SNDDROPDELAY = add(SrtOptions.SRTO_SNDDROPDELAY);

    /** Whether the receiver repeats its loss reports until the packet arrives. */
    public static final SrtChannelOption<Boolean> SRTO_NAKREPORT = add(SrtOptions.SRTO_NAKREPORT);

    /** Version of the loaded libsrt. */
    public static final SrtChannelOption<Integer> SRTO_VERSION = add(SrtOptions.SRTO_VERSION);

    /** Version of the peer's libsrt; 0 until connected. */
    public static final SrtChannelOption<Integer> SRTO_PEERVERSION = add(SrtOptions.SRTO_PEERVERSION);

    /** Time-out of a connect; ten times as long in rendezvous mode. */
    public static final SrtChannelOption<Integer> SRTO_CONNTIMEO = add(SrtOptions.SRTO_CONNTIMEO);

    /** Whether the receiver compensates for the drift of the sender's clock. */
    public static final SrtChannelOption<Boolean> SRTO_DRIFTTRACER = add(SrtOptions.SRTO_DRIFTTRACER);

    /** Minimum bit rate to assume when libsrt measures the input rate. */
    public static final SrtChannelOption<Long> SRTO_MININPUTBW = add(SrtOptions.SRTO_MININPUTBW);

    /** State of the encryption of the data that this side sends. */
    public static final SrtChannelOption<SrtKeyState> SRTO_SNDKMSTATE = add(SrtOptions.SRTO_SNDKMSTATE);

    /** State of the encryption of the data that this side receives. */
    public static final SrtChannelOption<SrtKeyState> SRTO_RCVKMSTATE = add(SrtOptions.SRTO_RCVKMSTATE);

    /** Reordering that the receiver tolerates before it reports a loss. */
    public static final SrtChannelOption<Integer> SRTO_LOSSMAXTTL = add(SrtOptions.SRTO_LOSSMAXTTL);

    /** Latency of the receiving direction; after the connect it is the negotiated value. */
    public static final SrtChannelOption<Integer> SRTO_RCVLATENCY = add(SrtOptions.SRTO_RCVLATENCY);

    /** Minimum latency that the peer uses for the data that this side sends. */
    public static final SrtChannelOption<Integer> SRTO_PEERLATENCY = add(SrtOptions.SRTO_PEERLATENCY);

    /** Minimum SRT version of the peer; older peers are rejected. libsrt's own default is 0x010000. */
    public static final SrtChannelOption<Integer> SRTO_MINVERSION = add(SrtOptions.SRTO_MINVERSION);

    /** Stream id that a caller sends in the handshake; an accepted channel has its caller's stream id. */
    public static final SrtChannelOption<String> SRTO_STREAMID = add(SrtOptions.SRTO_STREAMID);

    /** Congestion controller; must be equal on both sides. */
    public static final SrtChannelOption<String> SRTO_CONGESTION = add(SrtOptions.SRTO_CONGESTION);

    /** Whether message boundaries are kept; must be equal on both sides. */
    public static final SrtChannelOption<Boolean> SRTO_MESSAGEAPI = add(SrtOptions.SRTO_MESSAGEAPI);

    /** Longest message in live mode; a packet filter or AES-GCM lowers the largest possible value. */
    public static final SrtChannelOption<Integer> SRTO_PAYLOADSIZE = add(SrtOptions.SRTO_PAYLOADSIZE);

    /** Live or file mode; setting it resets ten other options to the defaults of that mode. */
    public static final SrtChannelOption<SrtTransmissionType> SRTO_TRANSTYPE = add(SrtOptions.SRTO_TRANSTYPE);

    /** Number of packets after which the key changes; 0: libsrt's own default, 16777216 (2^24). */
    public static final SrtChannelOption<Integer> SRTO_KMREFRESHRATE = add(SrtOptions.SRTO_KMREFRESHRATE);

    /** Packets before a key change when the next key is announced; 0: libsrt's own default, 4096 (2^12). */
    public static final SrtChannelOption<Integer> SRTO_KMPREANNOUNCE = add(SrtOptions.SRTO_KMPREANNOUNCE);

    /** Whether different passphrases are rejected; false: the sides connect but cannot decrypt the data. */
    public static final SrtChannelOption<Boolean> SRTO_ENFORCEDENCRYPTION = add(SrtOptions.SRTO_ENFORCEDENCRYPTION);

    /** Whether a socket bound to :: accepts IPv6 only; 0: IPv4 too; -1: not set, not allowed for ::. */
    public static final SrtChannelOption<Integer> SRTO_IPV6ONLY = add(SrtOptions.SRTO_IPV6ONLY);

    /** Time without packets from the peer after which the connection is broken. */
    public static final SrtChannelOption<Integer> SRTO_PEERIDLETIMEO = add(SrtOptions.SRTO_PEERIDLETIMEO);

    /** Name of the network interface to bind to; Linux, needs privileges. */
    public static final SrtChannelOption<String> SRTO_BINDTODEVICE = add(SrtOptions.SRTO_BINDTODEVICE);

    /** Whether a listener accepts connection groups. */
    public static final SrtChannelOption<Integer> SRTO_GROUPCONNECT = add(SrtOptions.SRTO_GROUPCONNECT);

    /** Time that a link of a backup group must be stable before it is trusted. */
    public static final SrtChannelOption<Integer> SRTO_GROUPMINSTABLETIMEO = add(SrtOptions.SRTO_GROUPMINSTABLETIMEO);

    /** Type of the group that an accepted socket joins; available in the accept filter. */
    public static final SrtChannelOption<Integer> SRTO_GROUPTYPE = add(SrtOptions.SRTO_GROUPTYPE);

    /** Packet filter (forward error correction), such as "fec,cols:10,rows:5". */
    public static final SrtChannelOption<String> SRTO_PACKETFILTER = add(SrtOptions.SRTO_PACKETFILTER);

    /** How a sender retransmits: 0: after each loss report, 1: at most once per round trip. */
    public static final SrtChannelOption<Integer> SRTO_RETRANSMITALGO = add(SrtOptions.SRTO_RETRANSMITALGO);

    /** Cipher: 0 automatic, 1 AES-CTR, 2 AES-GCM. */
    public static final SrtChannelOption<Integer> SRTO_CRYPTOMODE = add(SrtOptions.SRTO_CRYPTOMODE);

    /** Upper limit of the rate of retransmissions; -1: no limit. */
    public static final SrtChannelOption<Long> SRTO_MAXREXMITBW = add(SrtOptions.SRTO_MAXREXMITBW);

    /** Whether a channel fires {@link SrtMessage}s instead of plain buffers; not in stream mode. Default false. */
    public static final ChannelOption<Boolean> RECEIVE_MESSAGES = valueOf(SrtChannelOption.class, "RECEIVE_MESSAGES");

    /** The longest payload of a message in live mode, in bytes ({@code SRT_LIVE_MAX_PLSIZE}). */
    public static final int LONGEST_LIVE_PAYLOAD = SrtOptions.LONGEST_LIVE_PAYLOAD;

    private final SrtOption<T> srtOption;

    @SuppressWarnings("deprecation")
    private SrtChannelOption(SrtOption<T> srtOption) {
        super(srtOption.name());
        this.srtOption = srtOption;
    }

    /** Returns all of them, in the order of their numbers. */
    public static List<SrtChannelOption<?>> all() {
        return List.copyOf(BY_ROW.values());
    }

    /** Returns the one for a row of libsrt's table, null for an option of blocking calls. */
    @SuppressWarnings("unchecked")
    public static <T> @Nullable SrtChannelOption<T> of(SrtOption<T> srtOption) {
        return (SrtChannelOption<T>) BY_ROW.get(srtOption);
    }

    /** Returns the row of libsrt's table that it stands for. */
    public SrtOption<T> srtOption() {
        return srtOption;
    }

    /**
     * Checks a value against type and range.
     *
     * @throws IllegalArgumentException that names option, value and rule
     */
    @Override
    public void validate(T value) {
        srtOption.validate(value);
    }

    private static <T> SrtChannelOption<T> add(SrtOption<T> srtOption) {
        SrtChannelOption<T> option = new SrtChannelOption<>(srtOption);
        BY_ROW.put(srtOption, option);
        return option;
    }
}
