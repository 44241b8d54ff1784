// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an {@link SrtChannel}: Netty's own, every option of libsrt as {@link SrtChannelOption},
 * also through {@link #get} and {@link #set}, and {@code SO_LINGER}. Also {@code SO_SNDBUF}, {@code SO_RCVBUF},
 * {@code SO_REUSEADDR} and {@code IP_TOS} stand for libsrt's options.
 *
 * <p>Secrets, which are {@code SRTO_PASSPHRASE} and {@code SRTO_STREAMID}, appear in no exception. Netty's bootstraps
 * log a value that cannot be set, so {@code setOption} with a wrong secret does not throw on a channel that is not
 * registered yet: the registration fails, and with it the connect or the bind.
 *
 * <p>Differences from Netty's defaults: {@code CONNECT_TIMEOUT_MILLIS} is 3000, as libsrt's, whose
 * {@code SRTO_CONNTIMEO} it sets (0, as in Netty: no time-out); in message mode the receive buffers have a fixed size,
 * as libsrt cuts what does not fit.
 */
public interface SrtChannelConfig extends ChannelConfig {
    /** Returns the value of an option, null where libsrt does not return it, and always for {@code SRTO_PASSPHRASE}. */
    <T> @Nullable T get(SrtChannelOption<T> option);

    /**
     * Sets an option.
     *
     * @throws IllegalArgumentException when the value is out of range, or the loaded library lacks the option
     * @throws IllegalStateException when this option cannot be set any more, or is one of encryption or version, which
     *     an accepted channel has from its listener
     */
    <T> SrtChannelConfig set(SrtChannelOption<T> option, T value);

    /** Returns how many seconds at most a close waits for the peer to take what was written; -1: the default. */
    int getSoLinger();

    /**
     * Sets how long at most a close waits for the peer to take what was written.
     *
     * @param seconds 0: not at all, what is not acknowledged yet is lost; -1, the default: in live mode as long as the
     *     peer's latency and a second, in file mode 180 seconds
     */
    SrtChannelConfig setSoLinger(int seconds);

    /** Returns whether the channel fires {@link SrtMessage}s instead of plain buffers. */
    boolean isReceiveMessages();

    /** Sets whether the channel fires {@link SrtMessage}s instead of plain buffers; nothing changes in stream mode. */
    SrtChannelConfig setReceiveMessages(boolean receiveMessages);

    @Override
    SrtChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis);

    @Override
    @Deprecated
    SrtChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead);

    @Override
    SrtChannelConfig setWriteSpinCount(int writeSpinCount);

    @Override
    SrtChannelConfig setAllocator(ByteBufAllocator allocator);

    @Override
    SrtChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator);

    @Override
    SrtChannelConfig setAutoRead(boolean autoRead);

    @Override
    SrtChannelConfig setAutoClose(boolean autoClose);

    @Override
    SrtChannelConfig setWriteBufferHighWaterMark(int writeBufferHighWaterMark);

    @Override
    SrtChannelConfig setWriteBufferLowWaterMark(int writeBufferLowWaterMark);

    @Override
    SrtChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark writeBufferWaterMark);

    @Override
    SrtChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator);
}
