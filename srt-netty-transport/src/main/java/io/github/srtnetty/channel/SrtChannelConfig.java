// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an {@link SrtChannel}: Netty's options, {@code SO_LINGER}, and every option of libsrt as an
 * {@link SrtChannelOption}, also through {@link #get} and {@link #set}. {@code SO_SNDBUF}, {@code SO_RCVBUF}, {@code
 * SO_REUSEADDR} and {@code IP_TOS} set the corresponding options of libsrt. Any thread.
 *
 * <p>The secrets {@code SRTO_PASSPHRASE} and {@code SRTO_STREAMID} appear in no exception. Netty's bootstraps log a
 * value that cannot be set, so {@code setOption} with an invalid secret does not throw on a channel that is not
 * registered yet. Instead the registration fails, and with it the connect or the bind.
 *
 * <p>Differences from Netty's defaults: {@code CONNECT_TIMEOUT_MILLIS} sets {@code SRTO_CONNTIMEO} and is 3000,
 * libsrt's default (0, as in Netty: no time-out). In message mode the receive buffers have a fixed size, because libsrt
 * truncates a message that does not fit.
 */
public interface SrtChannelConfig extends ChannelConfig {
    /**
     * Returns the value of an option, or null if libsrt does not return it; always null for {@code SRTO_PASSPHRASE}.
     */
    <T> @Nullable T get(SrtChannelOption<T> option);

    /**
     * Sets an option ({@code srt_setsockflag}).
     *
     * @throws IllegalArgumentException when the value is out of range, or the loaded library lacks the option
     * @throws IllegalStateException when it is too late to set this option, or when it concerns encryption or versions
     *     and this is an accepted channel, which inherits it from its listener
     */
    <T> SrtChannelConfig set(SrtChannelOption<T> option, T value);

    /** Returns how many seconds a close waits at most for the peer to acknowledge all data; -1: the default. */
    int getSoLinger();

    /**
     * Sets how long a close waits at most for the peer to acknowledge all data and to play it.
     *
     * @param seconds 0: the close does not wait, and unacknowledged data is lost; -1, the default: the peer's latency
     *     plus one second in live mode, 180 seconds in file mode
     */
    SrtChannelConfig setSoLinger(int seconds);

    /** Returns whether the channel fires {@link SrtMessage}s instead of plain buffers. */
    boolean isReceiveMessages();

    /**
     * Sets whether the channel fires {@link SrtMessage}s instead of plain buffers. Default false; no effect in stream
     * mode.
     */
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
