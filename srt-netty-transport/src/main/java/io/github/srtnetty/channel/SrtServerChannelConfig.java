// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/** The configuration of an {@link SrtServerChannel}. Accepted channels inherit its libsrt options. Any thread. */
public interface SrtServerChannelConfig extends ChannelConfig {
    /**
     * Returns the value of an option, or null if libsrt does not return it; always null for {@code SRTO_PASSPHRASE}.
     */
    <T> @Nullable T get(SrtChannelOption<T> option);

    /**
     * Sets an option ({@code srt_setsockflag}), which accepted channels inherit.
     *
     * @throws IllegalArgumentException when the value is out of range, or the loaded library lacks the option
     * @throws IllegalStateException when it is too late to set this option
     */
    <T> SrtServerChannelConfig set(SrtChannelOption<T> option, T value);

    /** Returns how many connections may wait to be accepted. */
    int getBacklog();

    /** Sets how many connections may wait to be accepted, 1 or more; further ones are rejected with {@code BACKLOG}. */
    SrtServerChannelConfig setBacklog(int backlog);

    /** Returns the accept filter, or null if all callers are accepted. */
    @Nullable
    SrtAcceptFilter getAcceptFilter();

    /** Sets the accept filter; null, the default, accepts all callers. Takes effect at the bind. */
    SrtServerChannelConfig setAcceptFilter(@Nullable SrtAcceptFilter filter);

    /** Returns the limits for callers, by default {@link SrtAcceptLimits#DEFAULT}. */
    SrtAcceptLimits getAcceptLimits();

    /** Sets the limits for callers. They apply to later handshakes, also when set after the bind. */
    SrtServerChannelConfig setAcceptLimits(SrtAcceptLimits limits);

    @Override
    SrtServerChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis);

    @Override
    @Deprecated
    SrtServerChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead);

    @Override
    SrtServerChannelConfig setWriteSpinCount(int writeSpinCount);

    @Override
    SrtServerChannelConfig setAllocator(ByteBufAllocator allocator);

    @Override
    SrtServerChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator);

    @Override
    SrtServerChannelConfig setAutoRead(boolean autoRead);

    @Override
    SrtServerChannelConfig setAutoClose(boolean autoClose);

    @Override
    SrtServerChannelConfig setWriteBufferHighWaterMark(int writeBufferHighWaterMark);

    @Override
    SrtServerChannelConfig setWriteBufferLowWaterMark(int writeBufferLowWaterMark);

    @Override
    SrtServerChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark writeBufferWaterMark);

    @Override
    SrtServerChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator);
}
