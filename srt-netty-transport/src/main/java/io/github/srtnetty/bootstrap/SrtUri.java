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
 * An address like {@code srt://host:port?key=value&key=value}, read as srt-live-transmit does.
 *
 * <ul>
 *   <li>Without a host it is a listener, with host and {@code adapter} a rendezvous, else a caller; {@code mode}
 *       (caller or client, listener or server, rendezvous) overrides that.
 *   <li>{@code adapter} is the local address, {@code port} the local port, {@code bind} both. A listener has one port:
 *       a second one is an error.
 *   <li>All other keys are libsrt's options in lower case without {@code SRTO_}; times are whole milliseconds, or carry
 *       one of the units {@code us}, {@code ms} and {@code s}.
 *   <li>An IPv6 host stands in brackets, with its zone behind {@code %25}. Values are percent-decoded once, from UTF-8;
 *       {@code #} needs no encoding, so {@code streamid=#!::r=name,m=publish} works as it stands, and {@code +} is a
 *       plus. An unknown key is an error.
 *   <li>{@code passphrase=file:PATH} and {@code passphrase=env:NAME} read the passphrase from a file (without the
 *       newline at its end) or an environment variable, so that it is not in the list of processes. A passphrase that
 *       begins with {@code file:}, {@code env:} or {@code text:} itself has {@code text:} before it. An empty one is an
 *     error.
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
     * Parses an address, and reads the file or variable that {@code passphrase=} names.
     *
     * @throws SrtSyntaxException in one line that says what is wrong and where, without secrets
     */
    public static SrtUri parse(String text) {
        return new SrtUri(new SrtUriParser(text, SrtPassphrase::read).parse());
    }

    /**
     * Parses an address that is not the operator's own, for example of a web form: as {@link #parse}, but {@code
     * passphrase=file:} and {@code passphrase=env:} are errors.
     *
     * @throws SrtSyntaxException in one line that says what is wrong and where, without secrets
     */
    public static SrtUri parseUntrusted(String text) {
        return new SrtUri(new SrtUriParser(text, SrtPassphrase::literal).parse());
    }

    /**
     * Returns an address, right or wrong, as it may be shown to a person: on one line, with {@code ***} for user name,
     * passphrase, tokens in the stream id, and the values of unknown keys.
     */
    public static String masked(String text) {
        return PeerText.printable(SrtUriText.masked(text));
    }

    /** Returns which side connects. */
    public SrtConnectionMode mode() {
        return parts.mode();
    }

    /** Returns the host as written, without brackets; empty where there is none. */
    public String host() {
        return parts.host();
    }

    /** Returns the port: the peer's, or the own one of a listener. */
    public int port() {
        return parts.port();
    }

    /**
     * Returns the address that a listener binds: {@code adapter} or {@code bind} where the address has one, else the
     * host, else all interfaces. Resolves a name on the calling thread; unresolved where the name is not known.
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

    /** Returns the value of one option, null where the address does not set it. */
    public <T> @Nullable T option(SrtChannelOption<T> option) {
        SrtOption<T> row = option.srtOption();
        return row.type().cast(parts.options().get(row));
    }

    /**
     * Returns this address with an option set, or changed.
     *
     * @throws IllegalArgumentException when the option does not take the value, cannot be set by an address, or is an
     *     empty passphrase
     */
    public <T> SrtUri with(SrtChannelOption<T> channelOption, T value) {
        SrtOption<T> option = channelOption.srtOption();
        option.validate(value);
        if (!SrtUriText.hasKey(option)) {
            throw new IllegalArgumentException(option + ": an address cannot set it");
        }
        if (option == SrtOptions.SRTO_PASSPHRASE && "".equals(value)) {
            throw new IllegalArgumentException(option + ": is empty, so nothing would be encrypted");
        }
        return new SrtUri(parts.with(option, value));
    }

    /**
     * Connects or listens; names are resolved on the threads of {@link SrtResolverGroup#shared()}.
     *
     * @see #open(EventLoopGroup, ChannelHandler, AddressResolverGroup)
     */
    public ChannelFuture open(EventLoopGroup group, ChannelHandler handler) {
        return open(group, handler, SrtResolverGroup.shared());
    }

    /**
     * Connects or listens. Every address of a name is tried in turn, in the order of the resolver, until one works;
     * each is a new channel. A handler that is not sharable joins the pipeline when the connection to a name is up, not
     * before.
     *
     * @param group made with {@link SrtIoHandler#newFactory()}
     * @param handler the pipeline of the connection; of each accepted one where this is a listener, so make it a {@link
     *     ChannelInitializer} there
     * @param resolver resolves the names of host and local address; it must not block the event loop that it is given
     * @return done when connected, or when bound; its {@link ChannelFuture#channel()} is the channel of the latest
     *     attempt. Cancelling it, or closing that channel, ends the attempt. Failed with {@link SrtRejectedException},
     *     {@link io.netty.channel.ConnectTimeoutException}, {@link java.net.UnknownHostException} and the like; when a
     *     name has several addresses the message has all failures, and it is a {@link SrtRejectedException} when one of
     *     them was
     */
    public ChannelFuture open(
            EventLoopGroup group, ChannelHandler handler, AddressResolverGroup<InetSocketAddress> resolver) {
        return parts.mode() == SrtConnectionMode.LISTENER
                ? listen(group, null, handler, resolver)
                : connect(group, handler, resolver);
    }

    /**
     * Listens with a filter that decides which callers are accepted, otherwise as {@link #open}.
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
     * Returns the address in its normal form, with passphrase and tokens: not for logs. {@code parse(uri.text())}
     * equals {@code uri}.
     */
    public String text() {
        return parts.text();
    }

    /**
     * Returns the address in its normal form with {@code ***} for a passphrase and for tokens in the stream id; without
     * these it is {@link #text()}. The source of a passphrase ({@code file:PATH}, {@code env:NAME}) is shown.
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
        // a handler for one pipeline only cannot be in that of each attempt
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

    /** Returns the local address of a caller, null for any. */
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
