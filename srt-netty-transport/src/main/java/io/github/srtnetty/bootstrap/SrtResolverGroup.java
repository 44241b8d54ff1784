// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolver that uses the JDK's look-up on its own threads, so that a DNS server that does not answer blocks no event
 * loop. {@link SrtUri} and {@link SrtReconnector} use it by default. Netty's default resolver runs on the event loop,
 * where one look-up blocks every connection of that loop. To set this resolver on a bootstrap, call {@code
 * bootstrap.resolver(SrtResolverGroup.shared())}.
 *
 * <p>Simultaneous look-ups of one name share one look-up. Thread-safe.
 */
public final class SrtResolverGroup extends AddressResolverGroup<InetSocketAddress> {
    /**
     * The number of names looked up at the same time. A name that cannot be resolved occupies a thread until its
     * time-out.
     */
    private static final int THREADS = 16;
    /** The number of names that may wait for a thread; further ones fail immediately. */
    private static final int WAITING_NAMES = 1024;

    private static final int IDLE_SECONDS = 10;
    private static final SrtResolverGroup SHARED = new SrtResolverGroup(daemons());

    /** A blocking look-up of a name. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    private final Executor executor;
    private final Lookup lookup;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /** Creates a group whose look-ups block threads of {@code executor}; the caller shuts the executor down. */
    public SrtResolverGroup(Executor executor) {
        this(executor, InetAddress::getAllByName);
    }

    SrtResolverGroup(Executor executor, Lookup lookup) {
        this.executor = executor;
        this.lookup = lookup;
    }

    /** Returns the group of the process: at most 16 daemon threads, which end after 10 s without work. */
    public static SrtResolverGroup shared() {
        return SHARED;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor notified) {
        return new Names(notified).asAddressResolver();
    }

    private static Executor daemons() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_NAMES),
                new DefaultThreadFactory("srt-resolver", true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private CompletableFuture<List<InetAddress>> lookUp(String name) {
        CompletableFuture<List<InetAddress>> own = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = underWay.putIfAbsent(name, own);
        if (other != null) {
            return other;
        }
        try {
            executor.execute(() -> run(name, own));
        } catch (RejectedExecutionException e) {
            underWay.remove(name, own);
            UnknownHostException full =
                    new UnknownHostException(name + ": not looked up, because too many look-ups are waiting");
            full.initCause(e);
            own.completeExceptionally(full);
        }
        return own;
    }

    private void run(String name, CompletableFuture<List<InetAddress>> result) {
        try {
            List<InetAddress> found = List.of(lookup.addresses(name));
            underWay.remove(name, result);
            result.complete(found);
        } catch (Throwable e) { // whatever it is, the waiting promises must fail
            underWay.remove(name, result);
            result.completeExceptionally(e);
        }
    }

    /** A resolver that notifies on one executor. */
    private final class Names extends InetNameResolver {
        Names(EventExecutor notified) {
            super(notified);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) {
            lookUp(name).whenComplete((found, failure) -> {
                if (failure == null) {
                    promise.trySuccess(found.get(0));
                } else {
                    promise.tryFailure(failure);
                }
            });
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            lookUp(name).whenComplete((found, failure) -> {
                if (failure == null) {
                    promise.trySuccess(found);
                } else {
                    promise.tryFailure(failure);
                }
            });
        }
    }
}
