// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.testing;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.bootstrap.AbstractBootstrap;

/** The option that both sides of a stream need; live mode, the default, holds back what arrives for its latency. */
public final class StreamMode {
    private StreamMode() {}

    public static void set(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
    }
}
