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

    public static final SrtChannelOption<Integer> SRTO_MSS = add(SrtOptions.SRTO_MSS);
    public static final SrtChannelOption<Integer> SRTO_ISN = add(SrtOptions.SRTO_ISN);
    public static final SrtChannelOption<Integer> SRTO_FC = add(SrtOptions.SRTO_FC);
    public static final SrtChannelOption<Integer> SRTO_SNDBUF = add(SrtOptions.SRTO_SNDBUF);
    public static final SrtChannelOption<Integer> SRTO_RCVBUF = add(SrtOptions.SRTO_RCVBUF);
    public static final SrtChannelOption<Integer> SRTO_LINGER = add(SrtOptions.SRTO_LINGER);
    public static final SrtChannelOption<Integer> SRTO_UDP_SNDBUF = add(SrtOptions.SRTO_UDP_SNDBUF);
    public static final SrtChannelOption<Integer> SRTO_UDP_RCVBUF = add(SrtOptions.SRTO_UDP_RCVBUF);
    public static final SrtChannelOption<Boolean> SRTO_RENDEZVOUS = add(SrtOptions.SRTO_RENDEZVOUS);
    public static final SrtChannelOption<Boolean> SRTO_REUSEADDR = add(SrtOptions.SRTO_REUSEADDR);
    public static final SrtChannelOption<Long> SRTO_MAXBW = add(SrtOptions.SRTO_MAXBW);
    public static final SrtChannelOption<SrtSocketState> SRTO_STATE = add(SrtOptions.SRTO_STATE);
    public static final SrtChannelOption<Integer> SRTO_EVENT = add(SrtOptions.SRTO_EVENT);
    public static final SrtChannelOption<Integer> SRTO_SNDDATA = add(SrtOptions.SRTO_SNDDATA);
    public static final SrtChannelOption<Integer> SRTO_RCVDATA = add(SrtOptions.SRTO_RCVDATA);
    public static final SrtChannelOption<Boolean> SRTO_SENDER = add(SrtOptions.SRTO_SENDER);
    public static final SrtChannelOption<Boolean> SRTO_TSBPDMODE = add(SrtOptions.SRTO_TSBPDMODE);
    public static final SrtChannelOption<Integer> SRTO_LATENCY = add(SrtOptions.SRTO_LATENCY);
    public static final SrtChannelOption<Long> SRTO_INPUTBW = add(SrtOptions.SRTO_INPUTBW);
    public static final SrtChannelOption<Integer> SRTO_OHEADBW = add(SrtOptions.SRTO_OHEADBW);
    public static final SrtChannelOption<String> SRTO_PASSPHRASE = add(SrtOptions.SRTO_PASSPHRASE);
    public static final SrtChannelOption<Integer> SRTO_PBKEYLEN = add(SrtOptions.SRTO_PBKEYLEN);
    public static final SrtChannelOption<SrtKeyState> SRTO_KMSTATE = add(SrtOptions.SRTO_KMSTATE);
    public static final SrtChannelOption<Integer> SRTO_IPTTL = add(SrtOptions.SRTO_IPTTL);
    public static final SrtChannelOption<Integer> SRTO_IPTOS = add(SrtOptions.SRTO_IPTOS);
    public static final SrtChannelOption<Boolean> SRTO_TLPKTDROP = add(SrtOptions.SRTO_TLPKTDROP);
    public static final SrtChannelOption<Integer> SRTO_SNDDROPDELAY = add(SrtOptions.SRTO_SNDDROPDELAY);
    public static final SrtChannelOption<Boolean> SRTO_NAKREPORT = add(SrtOptions.SRTO_NAKREPORT);
    public static final SrtChannelOption<Integer> SRTO_VERSION = add(SrtOptions.SRTO_VERSION);
    public static final SrtChannelOption<Integer> SRTO_PEERVERSION = add(SrtOptions.SRTO_PEERVERSION);
    public static final SrtChannelOption<Integer> SRTO_CONNTIMEO = add(SrtOptions.SRTO_CONNTIMEO);
    public static final SrtChannelOption<Boolean> SRTO_DRIFTTRACER = add(SrtOptions.SRTO_DRIFTTRACER);
    public static final SrtChannelOption<Long> SRTO_MININPUTBW = add(SrtOptions.SRTO_MININPUTBW);
    public static final SrtChannelOption<SrtKeyState> SRTO_SNDKMSTATE = add(SrtOptions.SRTO_SNDKMSTATE);
    public static final SrtChannelOption<SrtKeyState> SRTO_RCVKMSTATE = add(SrtOptions.SRTO_RCVKMSTATE);
    public static final SrtChannelOption<Integer> SRTO_LOSSMAXTTL = add(SrtOptions.SRTO_LOSSMAXTTL);
    public static final SrtChannelOption<Integer> SRTO_RCVLATENCY = add(SrtOptions.SRTO_RCVLATENCY);
    public static final SrtChannelOption<Integer> SRTO_PEERLATENCY = add(SrtOptions.SRTO_PEERLATENCY);
    public static final SrtChannelOption<Integer> SRTO_MINVERSION = add(SrtOptions.SRTO_MINVERSION);
    public static final SrtChannelOption<String> SRTO_STREAMID = add(SrtOptions.SRTO_STREAMID);
    public static final SrtChannelOption<String> SRTO_CONGESTION = add(SrtOptions.SRTO_CONGESTION);
    public static final SrtChannelOption<Boolean> SRTO_MESSAGEAPI = add(SrtOptions.SRTO_MESSAGEAPI);
    public static final SrtChannelOption<Integer> SRTO_PAYLOADSIZE = add(SrtOptions.SRTO_PAYLOADSIZE);
    public static final SrtChannelOption<SrtTransmissionType> SRTO_TRANSTYPE = add(SrtOptions.SRTO_TRANSTYPE);
    public static final SrtChannelOption<Integer> SRTO_KMREFRESHRATE = add(SrtOptions.SRTO_KMREFRESHRATE);
    public static final SrtChannelOption<Integer> SRTO_KMPREANNOUNCE = add(SrtOptions.SRTO_KMPREANNOUNCE);
    public static final SrtChannelOption<Boolean> SRTO_ENFORCEDENCRYPTION = add(SrtOptions.SRTO_ENFORCEDENCRYPTION);
    public static final SrtChannelOption<Integer> SRTO_IPV6ONLY = add(SrtOptions.SRTO_IPV6ONLY);
    public static final SrtChannelOption<Integer> SRTO_PEERIDLETIMEO = add(SrtOptions.SRTO_PEERIDLETIMEO);
    public static final SrtChannelOption<String> SRTO_BINDTODEVICE = add(SrtOptions.SRTO_BINDTODEVICE);
    public static final SrtChannelOption<Integer> SRTO_GROUPCONNECT = add(SrtOptions.SRTO_GROUPCONNECT);
    public static final SrtChannelOption<Integer> SRTO_GROUPMINSTABLETIMEO = add(SrtOptions.SRTO_GROUPMINSTABLETIMEO);
    public static final SrtChannelOption<Integer> SRTO_GROUPTYPE = add(SrtOptions.SRTO_GROUPTYPE);
    public static final SrtChannelOption<String> SRTO_PACKETFILTER = add(SrtOptions.SRTO_PACKETFILTER);
    public static final SrtChannelOption<Integer> SRTO_RETRANSMITALGO = add(SrtOptions.SRTO_RETRANSMITALGO);
    public static final SrtChannelOption<Integer> SRTO_CRYPTOMODE = add(SrtOptions.SRTO_CRYPTOMODE);
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
