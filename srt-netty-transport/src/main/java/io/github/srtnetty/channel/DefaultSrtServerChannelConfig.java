// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.NetUtil;
import java.util.Map;

/** {@link DefaultSrtChannelConfig} and the backlog. */
final class DefaultSrtServerChannelConfig extends DefaultSrtChannelConfig implements SrtServerChannelConfig {
    private volatile int backlog = NetUtil.SOMAXCONN;

    DefaultSrtServerChannelConfig(SrtServerChannel channel) {
        super(channel, false);
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), ChannelOption.SO_BACKLOG);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getOption(ChannelOption<T> option) {
        return option == ChannelOption.SO_BACKLOG ? (T) Integer.valueOf(backlog) : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (option == ChannelOption.SO_BACKLOG) {
            validate(option, value);
            setBacklog((Integer) value);
            return true;
        }
        return super.setOption(option, value);
    }

    @Override
    public int getBacklog() {
        return backlog;
    }

    @Override
    public SrtServerChannelConfig setBacklog(int newBacklog) {
        if (newBacklog < 1) {
            throw new IllegalArgumentException("SO_BACKLOG=" + newBacklog + ": must be 1 or more (connections)");
        }
        backlog = newBacklog;
        return this;
    }

    @Override
    RecvByteBufAllocator defaultRecvAllocator(boolean messages) {
        return new ServerChannelRecvByteBufAllocator();
    }
}
