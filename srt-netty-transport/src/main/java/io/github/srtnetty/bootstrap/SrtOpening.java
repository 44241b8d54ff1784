// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.bootstrap.SrtAddresses.Target;
import io.github.srtnetty.libsrt.PeerText;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation that connects or binds. It resolves names off the event loop, and then tries each address in turn with
 * a new channel. Everything except the start runs on the event loop.
 */
final class SrtOpening {
    /**
     * The parameters of an opening.
     *
     * @param register creates a channel and registers it
     * @param remote the peer; null: bind only
     * @param local the local address; null: any
     * @param opened receives the connected or bound channel before any listener of the future
     */
    record Plan(
            Function<EventLoop, ChannelFuture> register,
            @Nullable InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            Consumer<Channel> opened) {}

    private final EventLoop loop;
    private final Plan plan;
    private final AddressResolverGroup<?> resolver;
    private final Queue<Target> targets = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final OpenPromise promise;
    private boolean resolving = true;

    private SrtOpening(EventLoop loop, Plan plan, AddressResolverGroup<?> resolver, Channel first) {
        this.loop = loop;
        this.plan = plan;
        this.resolver = resolver;
        promise = new OpenPromise(first, loop);
    }

    /**
     * Opens a channel on a loop.
     *
     * @return a future that completes when the channel is connected or bound; its channel is that of the latest attempt
     */
    static ChannelFuture open(EventLoop loop, Plan plan, AddressResolverGroup<?> resolver) {
        ChannelFuture registered = plan.register.apply(loop);
        if (registered.isDone() && !registered.isSuccess()) {
            return registered;
        }
        SrtOpening opening = new SrtOpening(loop, plan, resolver, registered.channel());
        opening.promise.addListener(done -> {
            if (done.isCancelled()) {
                opening.channel().close();
            }
        });
        registered.addListener(done -> {
            if (done.isSuccess()) {
                loop.execute(opening::begin); // handlers see channelRegistered first, as with Netty's bootstraps
            } else {
                opening.promise.tryFailure(done.cause());
            }
        });
        return opening.promise;
    }

    /** Connects a bootstrap like its {@code connect()}, but resolves the remote address off the event loop. */
    static ChannelFuture connect(Bootstrap bootstrap) {
        SocketAddress remote = bootstrap.config().remoteAddress();
        EventLoopGroup group = bootstrap.config().group();
        AddressResolverGroup<?> own = bootstrap.config().resolver();
        if (group == null || own == null || !(remote instanceof InetSocketAddress inet) || !inet.isUnresolved()) {
            return bootstrap.connect();
        }
        InetSocketAddress local =
                bootstrap.config().localAddress() instanceof InetSocketAddress address ? address : null;
        Plan plan = new Plan(loop -> bootstrap.clone(loop).register(), inet, local, channel -> {});
        return open(group.next(), plan, offLoop(own));
    }

    /** Returns the resolver, or one with its own threads instead of Netty's default, which blocks the event loop. */
    static AddressResolverGroup<?> offLoop(AddressResolverGroup<?> resolver) {
        return resolver == DefaultAddressResolverGroup.INSTANCE ? SrtResolverGroup.shared() : resolver;
    }

    private void begin() {
        channel().closeFuture().addListener(closed -> {
            if (resolving) {
                promise.tryFailure(new ClosedChannelException());
            }
        });
        resolve(
                plan.local,
                locals -> resolve(plan.remote, remotes -> {
                    resolving = false;
                    targets.addAll(
                            plan.remote == null
                                    ? SrtAddresses.toBind(locals)
                                    : SrtAddresses.toConnect(remotes, locals));
                    attempt();
                }));
    }

    private void resolve(@Nullable InetSocketAddress address, Consumer<List<InetSocketAddress>> then) {
        if (address == null || !address.isUnresolved()) {
            then.accept(address == null ? List.of() : List.of(address));
            return;
        }
        Future<? extends List<? extends SocketAddress>> found;
        try {
            found = resolver.getResolver(loop).resolveAll(address);
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            end(e);
            return;
        }
        found.addListener(done -> {
            if (loop.inEventLoop()) {
                resolved(address, found, then);
            } else {
                loop.execute(() -> resolved(address, found, then));
            }
        });
    }

    private void resolved(
            InetSocketAddress address,
            Future<? extends List<? extends SocketAddress>> found,
            Consumer<List<InetSocketAddress>> then) {
        if (promise.isDone()) {
            return;
        }
        if (!found.isSuccess()) {
            end(found.cause());
            return;
        }
        List<InetSocketAddress> addresses = found.getNow().stream()
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .toList();
        if (addresses.isEmpty()) {
            end(new UnknownHostException(address.getHostString()));
        } else {
            then.accept(addresses);
        }
    }

    private void attempt() {
        Target target = targets.remove();
        if (promise.isDone()) {
            channel().close();
            return;
        }
        ChannelFuture started = target.remote() == null
                ? channel().bind(target.local())
                : target.local() == null
                        ? channel().connect(target.remote())
                        : channel().connect(target.remote(), target.local());
        started.addListener(done -> {
            if (done.isSuccess()) {
                succeeded();
            } else {
                failed(done.cause());
            }
        });
    }

    private void succeeded() {
        Channel channel = channel();
        if (!promise.isDone()) {
            plan.opened.accept(channel);
        }
        if (!promise.trySuccess()) {
            channel.close();
        }
    }

    private void failed(Throwable cause) {
        failures.add(cause);
        boolean closedByUser = cause instanceof ClosedChannelException;
        if (closedByUser || targets.isEmpty() || promise.isDone()) {
            InetSocketAddress name = plan.remote != null ? plan.remote : plan.local;
            end(closedByUser || name == null ? cause : SrtAddresses.failure(PeerText.hostAndPort(name), failures));
            return;
        }
        // the next attempt begins when this channel is gone, so that handlers see one channel at a time
        channel().close();
        channel().closeFuture().addListener(closed -> attemptNext());
    }

    private void attemptNext() {
        if (promise.isDone()) {
            return;
        }
        try {
            ChannelFuture registered = plan.register.apply(loop);
            promise.current = registered.channel();
            registered.addListener(done -> {
                if (done.isSuccess()) {
                    loop.execute(this::attempt);
                } else {
                    failed(done.cause());
                }
            });
        } catch (RuntimeException e) { // from the application's handler, or from a loop that ends
            end(e);
        }
    }

    private void end(Throwable cause) {
        resolving = false;
        channel().close();
        promise.tryFailure(cause);
    }

    private Channel channel() {
        return promise.current;
    }

    /** A promise whose channel changes with each attempt. */
    private static final class OpenPromise extends DefaultChannelPromise {
        private volatile Channel current;

        OpenPromise(Channel first, EventLoop loop) {
            super(first, loop);
            current = first;
        }

        @Override
        public Channel channel() {
            return current;
        }
    }
}
