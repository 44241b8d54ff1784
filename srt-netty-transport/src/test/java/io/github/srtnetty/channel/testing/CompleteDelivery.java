// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.testing;

import io.github.srtnetty.channel.SrtChannelOption;
import io.netty.bootstrap.AbstractBootstrap;

/**
 * The options of both sides of a live connection that delivers everything. On a busy machine a thread of libsrt stands
 * still for longer than the latency, and the kernel drops datagrams meanwhile, on many systems from about 180 full ones
 * on.
 */
public final class CompleteDelivery {
    /** A flow window, in packets, that fits into the buffer of any kernel: a burst loses nothing. */
    public static final int WINDOW = 128;

    /** The same options in an address. */
    public static final String IN_ADDRESS = "tlpktdrop=no&nakreport=no";

    private CompleteDelivery() {}

    public static void set(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false); // what comes too late is delivered late
        bootstrap.option(SrtChannelOption.SRTO_NAKREPORT, false); // even a lost last packet is sent again
    }
}
