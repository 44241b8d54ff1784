// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/** The configuration of an {@link SrtServerChannel}; its options of libsrt are inherited by what it accepts. */
public interface SrtServerChannelConfig extends ChannelConfig {
    /** Returns the value of an option, null where libsrt does not return it, and always for {@code SRTO_PASSPHRASE}. */
    <T> @Nullable T get(SrtChannelOption<T> option);

    /**
     * Sets an option, which accepted connections inherit.
     *
     * @throws IllegalArgumentException when the value is out of range, or the loaded library lacks the option
     * @throws IllegalStateException when this option cannot be set any more
     */
    <T> SrtServerChannelConfig set(SrtChannelOption<T> option, T value);

    /** Returns how many connections may wait to be accepted. */
    int getBacklog();

    /** Sets how many connections may wait to be accepted, 1 or more; further ones are rejected with {@code BACKLOG}. */
    SrtServerChannelConfig setBacklog(int backlog);

    /** Returns what decides about callers, null where all are accepted. */
    @Nullable
    SrtAcceptFilter getAcceptFilter();

    /** Sets what decides about callers; it counts from the bind on. */
    SrtServerChannelConfig setAcceptFilter(@Nullable SrtAcceptFilter filter);

    /** Returns what callers may cost, by default {@link SrtAcceptLimits#DEFAULT}. */
    SrtAcceptLimits getAcceptLimits();

    /** Sets what callers may cost; it holds for handshakes that come then, also after the bind. Any thread. */
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
