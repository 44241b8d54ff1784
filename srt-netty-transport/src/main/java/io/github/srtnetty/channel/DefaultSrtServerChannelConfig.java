// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.NetUtil;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The configuration of an {@link SrtServerChannel}. Any thread. */
final class DefaultSrtServerChannelConfig extends AbstractSrtConfig implements SrtServerChannelConfig {
    private volatile int backlog = NetUtil.SOMAXCONN;
    private volatile @Nullable SrtAcceptFilter acceptFilter;
    private volatile SrtAcceptLimits acceptLimits = SrtAcceptLimits.DEFAULT;

    DefaultSrtServerChannelConfig(AbstractSrtChannel channel) {
        super(channel, null);
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(
                super.getOptions(),
                ChannelOption.SO_BACKLOG,
                SrtServerChannelOption.ACCEPT_FILTER,
                SrtServerChannelOption.ACCEPT_LIMITS);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        if (option == ChannelOption.SO_BACKLOG) {
            return (T) Integer.valueOf(backlog);
        }
        if (option == SrtServerChannelOption.ACCEPT_LIMITS) {
            return (T) acceptLimits;
        }
        return option == SrtServerChannelOption.ACCEPT_FILTER ? (T) acceptFilter : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (option == ChannelOption.SO_BACKLOG) {
            validate(option, value);
            setBacklog((Integer) value);
            return true;
        }
        if (option == SrtServerChannelOption.ACCEPT_FILTER) {
            setAcceptFilter((SrtAcceptFilter) value);
            return true;
        }
        if (option == SrtServerChannelOption.ACCEPT_LIMITS) {
            validate(option, value);
            setAcceptLimits((SrtAcceptLimits) value);
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
    public @Nullable SrtAcceptFilter getAcceptFilter() {
        return acceptFilter;
    }

    @Override
    public SrtServerChannelConfig setAcceptFilter(@Nullable SrtAcceptFilter filter) {
        acceptFilter = filter;
        return this;
    }

    @Override
    public SrtAcceptLimits getAcceptLimits() {
        return acceptLimits;
    }

    @Override
    public SrtServerChannelConfig setAcceptLimits(SrtAcceptLimits limits) {
        acceptLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public <T> @Nullable T get(SrtChannelOption<T> option) {
        return get(option.srtOption());
    }

    @Override
    public <T> SrtServerChannelConfig set(SrtChannelOption<T> option, T value) {
        set(option.srtOption(), value);
        return this;
    }

    @Override
    public SrtServerChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis) {
        super.setConnectTimeoutMillis(connectTimeoutMillis);
        return this;
    }

    @Override
    @Deprecated
    public SrtServerChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead) {
        super.setMaxMessagesPerRead(maxMessagesPerRead);
        return this;
    }

    @Override
    public SrtServerChannelConfig setWriteSpinCount(int writeSpinCount) {
        super.setWriteSpinCount(writeSpinCount);
        return this;
    }

    @Override
    public SrtServerChannelConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public SrtServerChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public SrtServerChannelConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public SrtServerChannelConfig setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return this;
    }

    @Override
    @Deprecated
    public SrtServerChannelConfig setWriteBufferHighWaterMark(int writeBufferHighWaterMark) {
        super.setWriteBufferHighWaterMark(writeBufferHighWaterMark);
        return this;
    }

    @Override
    @Deprecated
    public SrtServerChannelConfig setWriteBufferLowWaterMark(int writeBufferLowWaterMark) {
        super.setWriteBufferLowWaterMark(writeBufferLowWaterMark);
        return this;
    }

    @Override
    public SrtServerChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark writeBufferWaterMark) {
        super.setWriteBufferWaterMark(writeBufferWaterMark);
        return this;
    }

    @Override
    public SrtServerChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    /** Returns the rules of the listener on {@code port}. */
    ListenerRules rules(int port) {
        SrtAcceptFilter filter = acceptFilter;
        return new ListenerRules(
                filter != null ? filter : request -> SrtAcceptDecision.accept(),
                this::getAcceptLimits,
                options().minVersion(),
                options().encrypts(),
                port);
    }

    @Override
    MaxMessagesRecvByteBufAllocator defaultRecvAllocator(boolean messages) {
        return new ServerChannelRecvByteBufAllocator();
    }
}
