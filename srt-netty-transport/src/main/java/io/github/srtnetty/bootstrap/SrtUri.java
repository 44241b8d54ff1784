// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.channel.SrtServerChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An address like {@code srt://host:port?key=value&key=value}, with the same meaning as in srt-live-transmit.
 *
 * <ul>
 *   <li>Without a host it is a listener, with a host and {@code adapter} a rendezvous, otherwise a caller. {@code mode}
 *       (caller or client, listener or server, rendezvous) overrides this.
 *   <li>{@code adapter} is the local address, {@code port} the local port, {@code bind} both. A listener has one port:
 *       a second one is an error.
 *   <li>All other keys are libsrt's options in lower case without {@code SRTO_}. Times are whole milliseconds, or have
 *       one of the units {@code us}, {@code ms} and {@code s}. An unknown key is an error.
 *   <li>An IPv6 host is in brackets, with its zone after {@code %25}. Values are percent-decoded once, as UTF-8. {@code
 *       #} needs no encoding, so {@code streamid=#!::r=name,m=publish} is valid, and {@code +} is a plus.
 *   <li>{@code passphrase=file:PATH} and {@code passphrase=env:NAME} read the passphrase from a file (without the
 *       newline at its end) or an environment variable, so that it does not appear in the list of processes. Write
 *       {@code text:} before a passphrase that itself begins with {@code file:}, {@code env:} or {@code text:}. An
 *       empty passphrase is an error.
 * </ul>
 *
 * <p>Immutable. Two addresses are equal when they mean the same.
 */
public final class SrtUri {
    private static final ChannelHandler NOTHING = new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {}
    };

    private final SrtUriParts parts;

    private SrtUri(SrtUriParts parts) {
        this.parts = parts;
    }

    /**
     * Parses an address, and reads the file or the environment variable that {@code passphrase=} names.
     *
     * @throws SrtSyntaxException in one line that says what is wrong and where, without secrets
     */
    public static SrtUri parse(String text) {
        return new SrtUri(new SrtUriParser(text, SrtPassphrase::read).parse());
    }

    /**
     * Parses an address from an untrusted source, for example a web form: as {@link #parse}, but {@code
     * passphrase=file:} and {@code passphrase=env:} are errors.
     *
     * @throws SrtSyntaxException in one line that says what is wrong and where, without secrets
     */
    public static SrtUri parseUntrusted(String text) {
        return new SrtUri(new SrtUriParser(text, SrtPassphrase::literal).parse());
    }

    /**
     * Returns an address, valid or not, in a form that is safe to show: on one line, with {@code ***} in place of a
     * user name, the passphrase, tokens in the stream id, and the values of unknown keys.
     */
    public static String masked(String text) {
        return PeerText.printable(SrtUriText.masked(text));
    }

    /** Returns whether this side connects, listens or does both. */
    public SrtConnectionMode mode() {
        return parts.mode();
    }

    /** Returns the host as written, without brackets; empty if there is none. */
    public String host() {
        return parts.host();
    }

    /** Returns the peer's port, or the local port of a listener. */
    public int port() {
        return parts.port();
    }

    /**
     * Returns the address that a listener binds: {@code adapter} or {@code bind} if the address has one, otherwise the
     * host, otherwise all interfaces. Resolves a name on the calling thread; the result is unresolved if the name is
     * unknown.
     *
     * @throws IllegalStateException when this is not the address of a listener
     */
    public InetSocketAddress bindAddress() {
        requireListener();
        InetSocketAddress local = unresolvedBindAddress();
        return local.isUnresolved() ? new InetSocketAddress(local.getHostString(), local.getPort()) : local;
    }

    /** Returns the options in the order in which they were written, without those of blocking calls. */
    public Map<SrtChannelOption<?>, Object> options() {
        Map<SrtChannelOption<?>, Object> all = new LinkedHashMap<>();
        parts.options().forEach((row, value) -> {
            SrtChannelOption<?> option = SrtChannelOption.of(row);
            if (option != null) {
                all.put(option, value);
            }
        });
        return Collections.unmodifiableMap(all);
    }

    /** Returns the value of one option, or null if the address does not set it. */
    public <T> @Nullable T option(SrtChannelOption<T> option) {
        SrtOption<T> row = option.srtOption();
        return row.type().cast(parts.options().get(row));
    }

    /**
     * Returns a copy of this address with an option added or changed.
     *
     * @throws IllegalArgumentException when the value is out of range, an address cannot set the option, or the
     *     passphrase is empty
     */
    public <T> SrtUri with(SrtChannelOption<T> channelOption, T value) {
        SrtOption<T> option = channelOption.srtOption();
        option.validate(value);
        if (!SrtUriText.hasKey(option)) {
            throw new IllegalArgumentException(option + ": an address cannot set it");
        }
        if (option == SrtOptions.SRTO_PASSPHRASE && "".equals(value)) {
            throw new IllegalArgumentException(option + ": is empty, so the connection would not be encrypted");
        }
        return new SrtUri(parts.with(option, value));
    }

    /**
     * Connects or listens; {@link SrtResolverGroup#shared()} resolves names on its own threads.
     *
     * @see #open(EventLoopGroup, ChannelHandler, AddressResolverGroup)
     */
    public ChannelFuture open(EventLoopGroup group, ChannelHandler handler) {
        return open(group, handler, SrtResolverGroup.shared());
    }

    /**
     * Connects or listens. Tries each address of a name in the order of the resolver, with a new channel for each,
     * until one works. For a name, a handler that is not sharable is added to the pipeline only when the connection is
     * up.
     *
     * @param group made with {@link SrtIoHandler#newFactory()}
     * @param handler the handler of the connection; for a listener the handler of each accepted connection, so use a
     *     {@link ChannelInitializer}
     * @param resolver resolves the names of the host and of the local address; it must not block the event loop that is
     *     passed to it
     * @return a future that completes when the channel is connected or bound; its {@link ChannelFuture#channel()} is
     *     the channel of the latest attempt. Cancelling the future, or closing that channel, ends the attempt. It fails
     *     with, for example, {@link SrtRejectedException}, {@link io.netty.channel.ConnectTimeoutException} or {@link
     *     java.net.UnknownHostException}. If a name has several addresses, the message lists all failures, and the
     *     exception is an {@link SrtRejectedException} if one of them was
     */
    public ChannelFuture open(
            EventLoopGroup group, ChannelHandler handler, AddressResolverGroup<InetSocketAddress> resolver) {
        return parts.mode() == SrtConnectionMode.LISTENER
                ? listen(group, null, handler, resolver)
                : connect(group, handler, resolver);
    }

    /**
     * Listens like {@link #open}, with a filter that accepts or rejects callers.
     *
     * @throws IllegalStateException when this is not the address of a listener
     */
    public ChannelFuture listen(EventLoopGroup group, SrtAcceptFilter filter, ChannelInitializer<SrtChannel> handler) {
        requireListener();
        return listen(group, filter, handler, SrtResolverGroup.shared());
    }

    /** Sets the options on another bootstrap. */
    public void applyTo(AbstractBootstrap<?, ?> bootstrap) {
        for (SrtChannelOption<?> option : SrtChannelOption.all()) {
            apply(bootstrap, option);
        }
        if (parts.mode() == SrtConnectionMode.RENDEZVOUS) {
            bootstrap.option(SrtChannelOption.SRTO_RENDEZVOUS, true);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SrtUri that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /**
     * Returns the address in its normal form, including the passphrase and tokens. Do not log it. {@code
     * parse(uri.text())} equals {@code uri}.
     */
    public String text() {
        return parts.text();
    }

    /**
     * Returns the address in its normal form, with {@code ***} in place of the passphrase and of tokens in the stream
     * id. Equals {@link #text()} if it has neither. The source of a passphrase ({@code file:PATH}, {@code env:NAME}) is
     * shown.
     */
    @Override
    public String toString() {
        return parts.toString();
    }

    private ChannelFuture listen(
            EventLoopGroup group,
            @Nullable SrtAcceptFilter filter,
            ChannelHandler handler,
            AddressResolverGroup<InetSocketAddress> resolver) {
        Function<EventLoop, ChannelFuture> register = loop -> {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(loop, group)
                    .channel(SrtServerChannel.class)
                    .childHandler(handler);
            applyTo(bootstrap);
            if (filter != null) {
                bootstrap.option(SrtServerChannelOption.ACCEPT_FILTER, filter);
            }
            return bootstrap.register();
        };
        SrtOpening.Plan plan = new SrtOpening.Plan(register, null, unresolvedBindAddress(), channel -> {});
        return SrtOpening.open(group.next(), plan, resolver);
    }

    private void requireListener() {
        if (parts.mode() != SrtConnectionMode.LISTENER) {
            throw new IllegalStateException(this + ": is not the address of a listener");
        }
    }

    private ChannelFuture connect(
            EventLoopGroup group, ChannelHandler handler, AddressResolverGroup<InetSocketAddress> resolver) {
        InetSocketAddress remote = SrtAddresses.of(parts.host(), parts.port());
        // a handler that is not sharable cannot be in the pipeline of every attempt
        boolean late =
                remote.isUnresolved() && handler instanceof ChannelHandlerAdapter adapter && !adapter.isSharable();
        Function<EventLoop, ChannelFuture> register = loop -> {
            Bootstrap bootstrap =
                    new Bootstrap().group(loop).channel(SrtChannel.class).handler(late ? NOTHING : handler);
            applyTo(bootstrap);
            return bootstrap.register();
        };
        SrtOpening.Plan plan = new SrtOpening.Plan(register, remote, localAddress(), channel -> {
            if (late) {
                channel.pipeline().addLast(handler);
            }
        });
        return SrtOpening.open(group.next(), plan, resolver);
    }

    private InetSocketAddress unresolvedBindAddress() {
        String localHost = parts.localHost() != null ? parts.localHost() : parts.host();
        return SrtAddresses.of(localHost, parts.port());
    }

    /** Returns the local address of a caller, or null for any. */
    private @Nullable InetSocketAddress localAddress() {
        boolean rendezvous = parts.mode() == SrtConnectionMode.RENDEZVOUS;
        int localPort = rendezvous && parts.localPort() == 0 ? parts.port() : parts.localPort();
        if (parts.localHost() == null && localPort == 0) {
            return null;
        }
        return SrtAddresses.of(parts.localHost() == null ? "" : parts.localHost(), localPort);
    }

    private <T> void apply(AbstractBootstrap<?, ?> bootstrap, SrtChannelOption<T> option) {
        T value = option(option);
        if (value != null) {
            bootstrap.option(option, value);
        }
    }
}
