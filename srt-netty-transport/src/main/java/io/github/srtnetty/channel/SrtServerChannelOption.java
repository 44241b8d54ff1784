// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.channel.ChannelOption;

/** Options that only listeners have, for {@code ServerBootstrap.option}. */
public final class SrtServerChannelOption {
    /** Filter that accepts or rejects callers; set it before the bind. Default: all callers are accepted. */
    public static final ChannelOption<SrtAcceptFilter> ACCEPT_FILTER =
            ChannelOption.valueOf(SrtServerChannelOption.class, "ACCEPT_FILTER");

    /** Limits for callers; may be changed at any time. Default {@link SrtAcceptLimits#DEFAULT}. */
    public static final ChannelOption<SrtAcceptLimits> ACCEPT_LIMITS =
            ChannelOption.valueOf(SrtServerChannelOption.class, "ACCEPT_LIMITS");

    private SrtServerChannelOption() {}
}
