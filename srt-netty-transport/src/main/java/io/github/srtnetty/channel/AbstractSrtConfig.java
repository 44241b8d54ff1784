// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the configurations of connections and listeners: Netty's options, and libsrt's options from their
 * table. Any thread.
 */
abstract class AbstractSrtConfig extends DefaultChannelConfig {
    static final int DEFAULT_LINGER = -1;

    /** Options of Netty that stand for options of libsrt. */
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
     * Creates a configuration; {@code acceptedStreamId} is the stream id of an accepted channel, null for callers and
     * listeners.
     */
    AbstractSrtConfig(AbstractSrtChannel channel, @Nullable String acceptedStreamId) {
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
            soLinger((Integer) value);
            return true;
        }
        if (option == SrtChannelOption.RECEIVE_MESSAGES) {
            receivesMessages((Boolean) value);
            return true;
        }
        return super.setOption(option, value);
    }

    /**
     * Sets an option of libsrt. Netty's bootstraps set options before the channel is registered; they log a value that
     * cannot be set and may continue without it. An invalid secret therefore fails the registration instead, and so
     * does an encryption option that would have no effect.
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

    <T> @Nullable T get(SrtOption<T> option) {
        if (option == SrtOptions.SRTO_LINGER) {
            return option.type().cast(Math.max(0, soLinger));
        }
        return options.get(option);
    }

    <T> void set(SrtOption<T> option, T value) {
        if (option == SrtOptions.SRTO_LINGER) { // libsrt's linger loses data, see SrtDrain
            option.validate(value);
            soLinger((Integer) value);
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

    final int soLinger() {
        return soLinger;
    }

    final void soLinger(int seconds) {
        if (seconds < DEFAULT_LINGER) {
            throw new IllegalArgumentException("SO_LINGER=" + seconds + ": must be -1 or more (seconds)");
        }
        soLinger = seconds;
    }

    final boolean receivesMessages() {
        return receiveMessages;
    }

    final void receivesMessages(boolean messages) {
        receiveMessages = messages;
    }

    @Override
    public ChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        ownRecvAllocator = true;
        return this;
    }

    @Override
    protected void autoReadCleared() {
        if (channel instanceof AbstractSrtChannel srtChannel) {
            srtChannel.autoReadCleared();
        }
    }

    SrtOptionStore options() {
        return options;
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
