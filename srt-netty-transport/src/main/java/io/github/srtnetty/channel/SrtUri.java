// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address like {@code srt://host:port?key=value&key=value}, read as srt-live-transmit does.
 *
 * <ul>
 *   <li>Without a host it is a listener, with host and {@code adapter} a rendezvous, else a caller; {@code mode} (caller or
 *       client, listener or server, rendezvous) says otherwise.
 *   <li>{@code adapter} is the local address, {@code port} the local port, {@code bind} both.
 *   <li>All other keys are libsrt's options in lower case without {@code SRTO_}; times are in milliseconds, or carry one of
 *       the units {@code us}, {@code ms} and {@code s}.
 *   <li>An IPv6 host stands in brackets. Values are percent-decoded once; {@code #} needs no encoding, so {@code
 *       streamid=#!::r=name,m=publish} works as it stands. An unknown key is an error.
 * </ul>
 *
 * <p>Immutable.
 */
public final class SrtUri {
    private final SrtMode mode;
    private final String host;
    private final int port;
    private final @Nullable String localHost;
    private final int localPort;
    private final Map<SrtOption<?>, Object> options;

    SrtUri(
            SrtMode mode,
            String host,
            int port,
            @Nullable String localHost,
            int localPort,
            Map<SrtOption<?>, Object> options) {
        this.mode = mode;
        this.host = host;
        this.port = port;
        this.localHost = localHost;
        this.localPort = localPort;
        this.options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException in one line that says what is wrong and where
     */
    public static SrtUri parse(String text) {
        return new SrtUriParser(text).parse();
    }

    /** Returns {@code address} as {@code host:port}, an IPv6 host in brackets. */
    public static String hostAndPort(InetSocketAddress address) {
        InetAddress inet = address.getAddress();
        String name = inet == null ? address.getHostString() : inet.getHostAddress();
        return (name.indexOf(':') >= 0 ? '[' + name + ']' : name) + ':' + address.getPort();
    }

    /** Returns who starts the connection. */
    public SrtMode mode() {
        return mode;
    }

    /** Returns the host as written, without brackets; empty where there is none. */
    public String host() {
        return host;
    }

    /** Returns the port: the peer's, or the own one of a listener. */
    public int port() {
        return port;
    }

    /**
     * Returns where a listener binds: at {@code adapter} or {@code bind} where the address has one, else at the host, else at all
     * interfaces. Unresolved where that host is not known.
     *
     * @throws IllegalStateException when this is not the address of a listener
     */
    public InetSocketAddress bindAddress() {
        requireListener();
        return localAddress(localHost != null ? localHost : host, port);
    }

    /** Returns the options in the order in which they were written. */
    public Map<SrtOption<?>, Object> options() {
        return options;
    }

    /** Returns the value of one option, null where the address does not set it. */
    public <T> @Nullable T option(SrtOption<T> option) {
        return option.type().cast(options.get(option));
    }

    /** Returns this address with an option set, or set otherwise. */
    public <T> SrtUri with(SrtOption<T> option, T value) {
        option.validate(value);
        Map<SrtOption<?>, Object> changed = new LinkedHashMap<>(options);
        changed.put(option, value);
        return new SrtUri(mode, host, port, localHost, localPort, changed);
    }

    /**
     * Connects, or listens.
     *
     * @param group made with {@link SrtIoHandler#newFactory()}
     * @param handler the pipeline of the connection; of each accepted one where this is a listener, so make it a {@link
     *     ChannelInitializer} there
     * @return done when connected, or when bound; failed with {@link SrtRejectedException}, {@link
     *     io.netty.channel.ConnectTimeoutException}, {@link java.net.UnknownHostException} and the like
     */
    public ChannelFuture open(EventLoopGroup group, ChannelHandler handler) {
        return mode == SrtMode.LISTENER ? listen(group, null, handler) : connect(group, handler);
    }

    /**
     * Listens with a filter that decides who is let in, otherwise as {@link #open}.
     *
     * @throws IllegalStateException when this is not the address of a listener
     */
    public ChannelFuture listen(EventLoopGroup group, SrtAcceptFilter filter, ChannelInitializer<SrtChannel> handler) {
        requireListener();
        return listen(group, filter, (ChannelHandler) handler);
    }

    /** Sets the options on a bootstrap of one's own. */
    public void applyTo(AbstractBootstrap<?, ?> bootstrap) {
        for (SrtChannelOption<?> option : SrtChannelOption.all()) {
            apply(bootstrap, option);
        }
        if (mode == SrtMode.RENDEZVOUS) {
            bootstrap.option(SrtChannelOption.SRTO_RENDEZVOUS, true);
        }
    }

    /** Returns the address in its normal form, without the passphrase. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("srt://");
        text.append(host.indexOf(':') >= 0 ? '[' + host + ']' : host)
                .append(':')
                .append(port);
        text.append("?mode=").append(mode.name().toLowerCase(Locale.ROOT));
        if (localHost != null || localPort != 0) {
            text.append("&bind=")
                    .append(localHost == null ? "" : localHost)
                    .append(':')
                    .append(localPort);
        }
        options.forEach((option, value) ->
                text.append('&').append(option.uriKey()).append('=').append(option.isReadable() ? value : "***"));
        return text.toString();
    }

    private ChannelFuture listen(EventLoopGroup group, @Nullable SrtAcceptFilter filter, ChannelHandler handler) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .childHandler(handler);
        applyTo(bootstrap);
        if (filter != null) {
            bootstrap.option(SrtChannelOption.ACCEPT_FILTER, filter);
        }
        return bootstrap.bind(bindAddress());
    }

    private void requireListener() {
        if (mode != SrtMode.LISTENER) {
            throw new IllegalStateException(this + ": is not the address of a listener");
        }
    }

    private ChannelFuture connect(EventLoopGroup group, ChannelHandler handler) {
        Bootstrap bootstrap =
                new Bootstrap().group(group).channel(SrtChannel.class).handler(handler);
        applyTo(bootstrap);
        InetSocketAddress remote = InetSocketAddress.createUnresolved(host, port);
        if (mode == SrtMode.RENDEZVOUS) {
            return bootstrap.connect(remote, localAddress(localHost, localPort == 0 ? port : localPort));
        }
        boolean bound = localHost != null || localPort != 0;
        return bound ? bootstrap.connect(remote, localAddress(localHost, localPort)) : bootstrap.connect(remote);
    }

    /** A local address; without a host the wildcard of the family that the peer's literal address has. */
    private InetSocketAddress localAddress(@Nullable String bindHost, int bindPort) {
        if (bindHost != null && !bindHost.isEmpty()) {
            return new InetSocketAddress(bindHost, bindPort);
        }
        return mode != SrtMode.LISTENER && host.indexOf(':') >= 0
                ? new InetSocketAddress("::", bindPort)
                : new InetSocketAddress(bindPort);
    }

    private <T> void apply(AbstractBootstrap<?, ?> bootstrap, SrtChannelOption<T> option) {
        T value = option(option.srtOption());
        if (value != null && option.srtOption() != SrtOptions.SRTO_RENDEZVOUS) {
            bootstrap.option(option, value);
        }
    }
}
