// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;

/**
 * libsrt's options for Netty's bootstraps, one for each row of {@link SrtOptions}; units, ranges and when each can be
 * set stand there and in docs/options.md.
 *
 * @param <T> the type of the option's values
 */
public final class SrtChannelOption<T> extends ChannelOption<T> {
    private static final List<SrtChannelOption<?>> ALL = new ArrayList<>();

    public static final SrtChannelOption<Integer> SRTO_MSS = of(SrtOptions.SRTO_MSS);
    public static final SrtChannelOption<Boolean> SRTO_SNDSYN = of(SrtOptions.SRTO_SNDSYN);
    public static final SrtChannelOption<Boolean> SRTO_RCVSYN = of(SrtOptions.SRTO_RCVSYN);
    public static final SrtChannelOption<Integer> SRTO_ISN = of(SrtOptions.SRTO_ISN);
    public static final SrtChannelOption<Integer> SRTO_FC = of(SrtOptions.SRTO_FC);
    public static final SrtChannelOption<Integer> SRTO_SNDBUF = of(SrtOptions.SRTO_SNDBUF);
    public static final SrtChannelOption<Integer> SRTO_RCVBUF = of(SrtOptions.SRTO_RCVBUF);
    public static final SrtChannelOption<Integer> SRTO_LINGER = of(SrtOptions.SRTO_LINGER);
    public static final SrtChannelOption<Integer> SRTO_UDP_SNDBUF = of(SrtOptions.SRTO_UDP_SNDBUF);
    public static final SrtChannelOption<Integer> SRTO_UDP_RCVBUF = of(SrtOptions.SRTO_UDP_RCVBUF);
    public static final SrtChannelOption<Boolean> SRTO_RENDEZVOUS = of(SrtOptions.SRTO_RENDEZVOUS);
    public static final SrtChannelOption<Integer> SRTO_SNDTIMEO = of(SrtOptions.SRTO_SNDTIMEO);
    public static final SrtChannelOption<Integer> SRTO_RCVTIMEO = of(SrtOptions.SRTO_RCVTIMEO);
    public static final SrtChannelOption<Boolean> SRTO_REUSEADDR = of(SrtOptions.SRTO_REUSEADDR);
    public static final SrtChannelOption<Long> SRTO_MAXBW = of(SrtOptions.SRTO_MAXBW);
    public static final SrtChannelOption<Integer> SRTO_STATE = of(SrtOptions.SRTO_STATE);
    public static final SrtChannelOption<Integer> SRTO_EVENT = of(SrtOptions.SRTO_EVENT);
    public static final SrtChannelOption<Integer> SRTO_SNDDATA = of(SrtOptions.SRTO_SNDDATA);
    public static final SrtChannelOption<Integer> SRTO_RCVDATA = of(SrtOptions.SRTO_RCVDATA);
    public static final SrtChannelOption<Boolean> SRTO_SENDER = of(SrtOptions.SRTO_SENDER);
    public static final SrtChannelOption<Boolean> SRTO_TSBPDMODE = of(SrtOptions.SRTO_TSBPDMODE);
    public static final SrtChannelOption<Integer> SRTO_LATENCY = of(SrtOptions.SRTO_LATENCY);
    public static final SrtChannelOption<Long> SRTO_INPUTBW = of(SrtOptions.SRTO_INPUTBW);
    public static final SrtChannelOption<Integer> SRTO_OHEADBW = of(SrtOptions.SRTO_OHEADBW);
    public static final SrtChannelOption<String> SRTO_PASSPHRASE = of(SrtOptions.SRTO_PASSPHRASE);
    public static final SrtChannelOption<Integer> SRTO_PBKEYLEN = of(SrtOptions.SRTO_PBKEYLEN);
    public static final SrtChannelOption<Integer> SRTO_KMSTATE = of(SrtOptions.SRTO_KMSTATE);
    public static final SrtChannelOption<Integer> SRTO_IPTTL = of(SrtOptions.SRTO_IPTTL);
    public static final SrtChannelOption<Integer> SRTO_IPTOS = of(SrtOptions.SRTO_IPTOS);
    public static final SrtChannelOption<Boolean> SRTO_TLPKTDROP = of(SrtOptions.SRTO_TLPKTDROP);
    public static final SrtChannelOption<Integer> SRTO_SNDDROPDELAY = of(SrtOptions.SRTO_SNDDROPDELAY);
    public static final SrtChannelOption<Boolean> SRTO_NAKREPORT = of(SrtOptions.SRTO_NAKREPORT);
    public static final SrtChannelOption<Integer> SRTO_VERSION = of(SrtOptions.SRTO_VERSION);
    public static final SrtChannelOption<Integer> SRTO_PEERVERSION = of(SrtOptions.SRTO_PEERVERSION);
    public static final SrtChannelOption<Integer> SRTO_CONNTIMEO = of(SrtOptions.SRTO_CONNTIMEO);
    public static final SrtChannelOption<Boolean> SRTO_DRIFTTRACER = of(SrtOptions.SRTO_DRIFTTRACER);
    public static final SrtChannelOption<Long> SRTO_MININPUTBW = of(SrtOptions.SRTO_MININPUTBW);
    public static final SrtChannelOption<Integer> SRTO_SNDKMSTATE = of(SrtOptions.SRTO_SNDKMSTATE);
    public static final SrtChannelOption<Integer> SRTO_RCVKMSTATE = of(SrtOptions.SRTO_RCVKMSTATE);
    public static final SrtChannelOption<Integer> SRTO_LOSSMAXTTL = of(SrtOptions.SRTO_LOSSMAXTTL);
    public static final SrtChannelOption<Integer> SRTO_RCVLATENCY = of(SrtOptions.SRTO_RCVLATENCY);
    public static final SrtChannelOption<Integer> SRTO_PEERLATENCY = of(SrtOptions.SRTO_PEERLATENCY);
    public static final SrtChannelOption<Integer> SRTO_MINVERSION = of(SrtOptions.SRTO_MINVERSION);
    public static final SrtChannelOption<String> SRTO_STREAMID = of(SrtOptions.SRTO_STREAMID);
    public static final SrtChannelOption<String> SRTO_CONGESTION = of(SrtOptions.SRTO_CONGESTION);
    public static final SrtChannelOption<Boolean> SRTO_MESSAGEAPI = of(SrtOptions.SRTO_MESSAGEAPI);
    public static final SrtChannelOption<Integer> SRTO_PAYLOADSIZE = of(SrtOptions.SRTO_PAYLOADSIZE);
    public static final SrtChannelOption<Integer> SRTO_TRANSTYPE = of(SrtOptions.SRTO_TRANSTYPE);
    public static final SrtChannelOption<Integer> SRTO_KMREFRESHRATE = of(SrtOptions.SRTO_KMREFRESHRATE);
    public static final SrtChannelOption<Integer> SRTO_KMPREANNOUNCE = of(SrtOptions.SRTO_KMPREANNOUNCE);
    public static final SrtChannelOption<Boolean> SRTO_ENFORCEDENCRYPTION = of(SrtOptions.SRTO_ENFORCEDENCRYPTION);
    public static final SrtChannelOption<Integer> SRTO_IPV6ONLY = of(SrtOptions.SRTO_IPV6ONLY);
    public static final SrtChannelOption<Integer> SRTO_PEERIDLETIMEO = of(SrtOptions.SRTO_PEERIDLETIMEO);
    public static final SrtChannelOption<String> SRTO_BINDTODEVICE = of(SrtOptions.SRTO_BINDTODEVICE);
    public static final SrtChannelOption<Integer> SRTO_GROUPCONNECT = of(SrtOptions.SRTO_GROUPCONNECT);
    public static final SrtChannelOption<Integer> SRTO_GROUPMINSTABLETIMEO = of(SrtOptions.SRTO_GROUPMINSTABLETIMEO);
    public static final SrtChannelOption<Integer> SRTO_GROUPTYPE = of(SrtOptions.SRTO_GROUPTYPE);
    public static final SrtChannelOption<String> SRTO_PACKETFILTER = of(SrtOptions.SRTO_PACKETFILTER);
    public static final SrtChannelOption<Integer> SRTO_RETRANSMITALGO = of(SrtOptions.SRTO_RETRANSMITALGO);
    public static final SrtChannelOption<Integer> SRTO_CRYPTOMODE = of(SrtOptions.SRTO_CRYPTOMODE);
    public static final SrtChannelOption<Long> SRTO_MAXREXMITBW = of(SrtOptions.SRTO_MAXREXMITBW);

    /** Whether a channel fires {@link SrtMessage}s instead of plain buffers; not in stream mode. Default false. */
    public static final ChannelOption<Boolean> RECEIVE_MESSAGES = valueOf(SrtChannelOption.class, "RECEIVE_MESSAGES");

    /** Decides about callers; of listeners, before bind. */
    public static final ChannelOption<SrtAcceptFilter> ACCEPT_FILTER = valueOf(SrtChannelOption.class, "ACCEPT_FILTER");

    /** What callers may cost; of listeners, before bind. Default {@link SrtAcceptLimits#DEFAULT}. */
    public static final ChannelOption<SrtAcceptLimits> ACCEPT_LIMITS = valueOf(SrtChannelOption.class, "ACCEPT_LIMITS");

    private final SrtOption<T> srtOption;

    @SuppressWarnings("deprecation")
    private SrtChannelOption(SrtOption<T> srtOption) {
        super(srtOption.name());
        this.srtOption = srtOption;
    }

    /** Returns all of them, in the order of their numbers. */
    public static List<SrtChannelOption<?>> all() {
        return List.copyOf(ALL);
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

    private static <T> SrtChannelOption<T> of(SrtOption<T> srtOption) {
        SrtChannelOption<T> option = new SrtChannelOption<>(srtOption);
        ALL.add(option);
        return option;
    }
}
