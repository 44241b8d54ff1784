// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.channel.ChannelOption;

/** Options of listeners alone, for {@code ServerBootstrap.option}; they are set before the bind. */
public final class SrtServerChannelOption {
    /** Decides about callers. Default: all are accepted. */
    public static final ChannelOption<SrtAcceptFilter> ACCEPT_FILTER =
            ChannelOption.valueOf(SrtServerChannelOption.class, "ACCEPT_FILTER");

    /** Limits for callers. Default {@link SrtAcceptLimits#DEFAULT}. */
    public static final ChannelOption<SrtAcceptLimits> ACCEPT_LIMITS =
            ChannelOption.valueOf(SrtServerChannelOption.class, "ACCEPT_LIMITS");

    private SrtServerChannelOption() {}
}
