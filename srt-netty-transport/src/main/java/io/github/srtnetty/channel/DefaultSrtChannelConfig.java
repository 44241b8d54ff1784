// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The configuration of an {@link SrtChannel}. Any thread. */
final class DefaultSrtChannelConfig extends AbstractSrtConfig implements SrtChannelConfig {
    private static final int LIVE_DRAIN_GRACE_MILLIS = 1000;
    private static final int FILE_DRAIN_MILLIS = 180_000;
    /** The factor by which libsrt multiplies the connect time-out in rendezvous mode. */
    private static final long RENDEZVOUS_FACTOR = 10;

    /** Creates a configuration; {@code acceptedStreamId} is the stream id of an accepted channel, null for callers. */
    DefaultSrtChannelConfig(AbstractSrtChannel channel, @Nullable String acceptedStreamId) {
        super(channel, acceptedStreamId);
    }

    @Override
    public <T> @Nullable T get(SrtChannelOption<T> option) {
        return get(option.srtOption());
    }

    @Override
    public <T> SrtChannelConfig set(SrtChannelOption<T> option, T value) {
        set(option.srtOption(), value);
        return this;
    }

    @Override
    public int getSoLinger() {
        return soLinger();
    }

    @Override
    public SrtChannelConfig setSoLinger(int seconds) {
        soLinger(seconds);
        return this;
    }

    @Override
    public boolean isReceiveMessages() {
        return receivesMessages();
    }

    @Override
    public SrtChannelConfig setReceiveMessages(boolean messages) {
        receivesMessages(messages);
        return this;
    }

    @Override
    public SrtChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis) {
        super.setConnectTimeoutMillis(connectTimeoutMillis);
        return this;
    }

    @Override
    @Deprecated
    public SrtChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead) {
        super.setMaxMessagesPerRead(maxMessagesPerRead);
        return this;
    }

    @Override
    public SrtChannelConfig setWriteSpinCount(int writeSpinCount) {
        super.setWriteSpinCount(writeSpinCount);
        return this;
    }

    @Override
    public SrtChannelConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public SrtChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public SrtChannelConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public SrtChannelConfig setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return this;
    }

    @Override
    @Deprecated
    public SrtChannelConfig setWriteBufferHighWaterMark(int writeBufferHighWaterMark) {
        super.setWriteBufferHighWaterMark(writeBufferHighWaterMark);
        return this;
    }

    @Override
    @Deprecated
    public SrtChannelConfig setWriteBufferLowWaterMark(int writeBufferLowWaterMark) {
        super.setWriteBufferLowWaterMark(writeBufferLowWaterMark);
        return this;
    }

    @Override
    public SrtChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark writeBufferWaterMark) {
        super.setWriteBufferWaterMark(writeBufferWaterMark);
        return this;
    }

    @Override
    public SrtChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    /** Passes the connect time-out to libsrt before a connect; returns libsrt's time-out in milliseconds, 0: none. */
    int beforeConnect(InetSocketAddress address) throws SrtException {
        options().requireEncryptable();
        options().beforeUse(address);
        int timeoutMillis = getConnectTimeoutMillis();
        options().set(SrtOptions.SRTO_CONNTIMEO, timeoutMillis > 0 ? timeoutMillis : Integer.MAX_VALUE);
        boolean rendezvous = Boolean.TRUE.equals(options().get(SrtOptions.SRTO_RENDEZVOUS));
        return rendezvous ? (int) Math.min(Integer.MAX_VALUE, timeoutMillis * RENDEZVOUS_FACTOR) : timeoutMillis;
    }

    /** Returns the longest wait of a close in milliseconds. */
    long drainMillis(SrtNegotiated negotiated) {
        if (soLinger() >= 0) {
            return soLinger() * 1000L;
        }
        return negotiated.live() ? negotiated.peerLatencyMillis() + LIVE_DRAIN_GRACE_MILLIS : FILE_DRAIN_MILLIS;
    }
}
