// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Netty's configuration, and libsrt's options by loops over their table. Threads: any. */
class DefaultSrtChannelConfig extends DefaultChannelConfig implements SrtChannelConfig {
    static final int DEFAULT_LINGER = -1;

    private static final int LIVE_DRAIN_GRACE_MILLIS = 1000;
    private static final int FILE_DRAIN_MILLIS = 180_000;
    /** libsrt gives both sides of a rendezvous so many times the connect time-out. */
    private static final long RENDEZVOUS_FACTOR = 10;

    /** Netty's general names for some of libsrt's options. */
    private static final Map<ChannelOption<?>, SrtOption<?>> ALIASES = Map.of(
            ChannelOption.SO_SNDBUF, SrtOptions.SRTO_SNDBUF,
            ChannelOption.SO_RCVBUF, SrtOptions.SRTO_RCVBUF,
            ChannelOption.SO_REUSEADDR, SrtOptions.SRTO_REUSEADDR,
            ChannelOption.IP_TOS, SrtOptions.SRTO_IPTOS);

    private final SrtOptionStore options;
    private volatile int soLinger = DEFAULT_LINGER;
    private volatile boolean ownRecvAllocator;
    private volatile boolean receiveMessages;

    /**
     * Creates one; {@code acceptedStreamId} is the stream id of an accepted channel, null for callers and listeners.
     */
    DefaultSrtChannelConfig(AbstractSrtChannel channel, @Nullable String acceptedStreamId) {
        super(channel);
        options = new SrtOptionStore(channel.socket(), acceptedStreamId);
        Integer timeout = options.get(SrtOptions.SRTO_CONNTIMEO);
        if (timeout != null) {
            super.setConnectTimeoutMillis(timeout);
        }
        ownRecvAllocator = false; // Netty's constructor has called the setter
        chooseRecvAllocator();
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        Map<ChannelOption<?>, Object> all =
                getOptions(super.getOptions(), ChannelOption.SO_LINGER, SrtChannelOption.RECEIVE_MESSAGES);
        for (SrtChannelOption<?> option : SrtChannelOption.all()) {
            Object value = get(option.srtOption());
            if (value != null) {
                all.put(option, value);
            }
        }
        return all;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        if (option == ChannelOption.SO_LINGER) {
            return (T) Integer.valueOf(soLinger);
        }
        if (option == SrtChannelOption.RECEIVE_MESSAGES) {
            return (T) Boolean.valueOf(receiveMessages);
        }
        SrtOption<?> srtOption = srtOptionOf(option);
        return srtOption != null ? (T) get(srtOption) : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        SrtOption<?> srtOption = srtOptionOf(option);
        if (srtOption != null) {
            setNative(option, srtOption, value);
            return true;
        }
        validate(option, value);
        if (option == ChannelOption.SO_LINGER) {
            setSoLinger((Integer) value);
            return true;
        }
        if (option == SrtChannelOption.RECEIVE_MESSAGES) {
            setReceiveMessages((Boolean) value);
            return true;
        }
        return super.setOption(option, value);
    }

    /**
     * Sets an option of libsrt. Before it is registered, a channel is set up by Netty's bootstraps, which log a value
     * that cannot be set, and may go on without it. A secret therefore fails the registration instead, and so does an
     * option of encryption that has no effect.
     */
    private <T> void setNative(ChannelOption<T> option, SrtOption<?> srtOption, T value) {
        try {
            validate(option, value);
            setUnchecked(srtOption, value);
        } catch (RuntimeException e) {
            if (!channel.isRegistered() && (srtOption.isSecret() || options.isOfListener(srtOption))) {
                options.failLater(e);
                if (srtOption.isSecret()) {
                    return;
                }
            }
            throw e;
        }
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

    <T> @Nullable T get(SrtOption<T> option) {
        if (option == SrtOptions.SRTO_LINGER) {
            return option.type().cast(Math.max(0, soLinger));
        }
        return options.get(option);
    }

    <T> void set(SrtOption<T> option, T value) {
        if (option == SrtOptions.SRTO_LINGER) { // libsrt's own loses data, see SrtDrain
            option.validate(value);
            setSoLinger((Integer) value);
            return;
        }
        options.set(option, value);
        if (option == SrtOptions.SRTO_CONNTIMEO) {
            super.setConnectTimeoutMillis((Integer) value);
        }
        if (option == SrtOptions.SRTO_TRANSTYPE
                || option == SrtOptions.SRTO_MESSAGEAPI
                || option == SrtOptions.SRTO_MSS) {
            chooseRecvAllocator();
        }
    }

    @Override
    public int getSoLinger() {
        return soLinger;
    }

    @Override
    public SrtChannelConfig setSoLinger(int seconds) {
        if (seconds < DEFAULT_LINGER) {
            throw new IllegalArgumentException("SO_LINGER=" + seconds + ": must be -1 or more (seconds)");
        }
        soLinger = seconds;
        return this;
    }

    @Override
    public boolean isReceiveMessages() {
        return receiveMessages;
    }

    @Override
    public SrtChannelConfig setReceiveMessages(boolean messages) {
        receiveMessages = messages;
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
        ownRecvAllocator = true;
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

    @Override
    protected void autoReadCleared() {
        if (channel instanceof AbstractSrtChannel srtChannel) {
            srtChannel.autoReadCleared();
        }
    }

    /**
     * Takes over the connect time-out before a connect; returns how long libsrt tries in milliseconds, 0 for no bound.
     */
    int beforeConnect(InetSocketAddress address) throws SrtException {
        options.requireEncryptable();
        options.beforeUse(address);
        int timeoutMillis = getConnectTimeoutMillis();
        options.set(SrtOptions.SRTO_CONNTIMEO, timeoutMillis > 0 ? timeoutMillis : Integer.MAX_VALUE);
        boolean rendezvous = Boolean.TRUE.equals(options.get(SrtOptions.SRTO_RENDEZVOUS));
        return rendezvous ? (int) Math.min(Integer.MAX_VALUE, timeoutMillis * RENDEZVOUS_FACTOR) : timeoutMillis;
    }

    SrtOptionStore options() {
        return options;
    }

    /** Returns how long a close may wait, in milliseconds. */
    long drainMillis(SrtNegotiated negotiated) {
        if (soLinger >= 0) {
            return soLinger * 1000L;
        }
        return negotiated.live() ? negotiated.peerLatencyMillis() + LIVE_DRAIN_GRACE_MILLIS : FILE_DRAIN_MILLIS;
    }

    /** Returns the default allocator of receive buffers, used until the user sets one. */
    MaxMessagesRecvByteBufAllocator defaultRecvAllocator(boolean messages) {
        return messages
                ? new FixedRecvByteBufAllocator(
                        SrtNegotiated.receiveBufferSize(((AbstractSrtChannel) channel).socket()))
                : new AdaptiveRecvByteBufAllocator();
    }

    private void chooseRecvAllocator() {
        if (!ownRecvAllocator) {
            boolean messages = !Boolean.FALSE.equals(options.get(SrtOptions.SRTO_MESSAGEAPI));
            super.setRecvByteBufAllocator(defaultRecvAllocator(messages)
                    .maxMessagesPerRead(channel.metadata().defaultMaxMessagesPerRead()));
        }
    }

    private <T> void setUnchecked(SrtOption<T> option, Object value) {
        set(option, option.type().cast(value));
    }

    private static @Nullable SrtOption<?> srtOptionOf(ChannelOption<?> option) {
        return option instanceof SrtChannelOption<?> srtChannelOption
                ? srtChannelOption.srtOption()
                : ALIASES.get(option);
    }
}
