// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay: listeners, event loops, and the status pages. Any thread. */
public final class RelayServer implements AutoCloseable {
    /** How long players may take at the end to receive what is queued for them. */
    static final int DRAIN_MILLIS = 3000;

    private static final Logger LOGGER = LoggerFactory.getLogger(RelayServer.class);
    private static final int END_MILLIS = 500;
    private static final int LOOPS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private static final int BACKLOG = 200;
    private static final int LONGEST_PAYLOAD = 1456;
    /** What libsrt keeps for a player that does not acknowledge; behind it the player's queue fills. */
    private static final int SEND_BUFFER_BYTES = 2 << 20;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(LOOPS, new DefaultThreadFactory("relay", true), SrtIoHandler.newFactory());
    private final Hub hub;
    private final RelayMetrics metrics;
    private final List<SrtServerChannel> listeners = new ArrayList<>();
    private final List<SrtUri> addresses = new ArrayList<>();
    private @Nullable StatusServer status;
    private boolean started;
    private boolean closed;

    private RelayServer(RelayRules config) {
        hub = new Hub(config, loops);
        metrics = new RelayMetrics(hub);
    }

    /**
     * Starts.
     *
     * @param addresses listeners; libsrt's options in them hold for all that they accept
     * @param http where the status pages are, null for none
     * @throws IOException where a port cannot be had, or where strangers could publish or play on an address that is
     *     not loopback and the configuration does not say that it is open; nothing is left open then
     */
    public static RelayServer start(List<SrtUri> addresses, @Nullable InetSocketAddress http, RelayConfig config)
            throws IOException, InterruptedException {
        RelayServer relay = new RelayServer(config.rules());
        try {
            for (SrtUri address : addresses) {
                relay.checkExposure(config.rules(), address);
            }
            if (http != null) {
                relay.status = StatusServer.start(http, relay.hub, relay.metrics);
            }
            for (SrtUri address : addresses) {
                relay.listen(address);
            }
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        }
        relay.started = true;
        relay.logExposure(config.rules());
        logMemoryLimit();
        return relay;
    }

    /** Returns the addresses of the listeners, in the order in which they were given. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream().map(SrtServerChannel::localAddress).toList();
    }

    /** Returns where the status pages are, null where there are none. */
    public @Nullable InetSocketAddress httpAddress() {
        return status == null ? null : status.address();
    }

    /**
     * Uses other rules for those who come from now on; who is connected stays.
     *
     * @throws IOException where strangers could publish or play on an address of this relay, see {@link #start}; the
     *     old configuration stays then
     */
    public void reload(RelayConfig config) throws IOException {
        for (SrtUri address : addresses) {
            checkExposure(config.rules(), address);
        }
        hub.config(config.rules());
        metrics.reloaded(true);
        LOGGER.info(
                "new configuration: {} streams listed", config.rules().streams().size());
        logExposure(config.rules());
    }

    /** Notes that a configuration could not be used, and why; the old one stays. */
    public void reloadFailed(String why) {
        metrics.reloaded(false);
        LOGGER.error("the configuration stays as it was: {}", why);
    }

    /**
     * Drains and ends, in less than five seconds: new callers are rejected with 1503, publishers are closed, players
     * receive what is queued and are closed, then the listeners.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        hub.startDraining();
        int players = drain();
        listeners.forEach(listener -> listener.close().awaitUninterruptibly(END_MILLIS));
        if (status != null) {
            status.close();
        }
        loops.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * END_MILLIS);
        metrics.close();
        if (started) {
            LOGGER.info("ended; {} players were connected", players);
        }
    }

    Hub hub() {
        return hub;
    }

    List<SrtServerChannel> listeners() {
        return listeners;
    }

    private int drain() {
        List<ChannelFuture> ends = new ArrayList<>();
        for (LiveStream stream : hub.streams()) {
            Publisher publisher = stream.publisher();
            if (publisher != null) {
                publisher.channel().close();
            }
            for (Player player : stream.players()) {
                ends.add(player.channel().closeFuture());
                player.finish();
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        for (ChannelFuture end : ends) {
            end.awaitUninterruptibly(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return ends.size();
    }

    private void checkExposure(RelayRules config, SrtUri address) throws IOException {
        if (address.mode() != SrtConnectionMode.LISTENER) {
            throw new IOException(address + ": a relay only listens; write srt://:port, or add mode=listener");
        }
        new Exposure(config).check(address, Exposure.local(address));
    }

    private void logExposure(RelayRules config) {
        Exposure exposure = new Exposure(config);
        exposure.summary().forEach(LOGGER::info);
        exposure.advice().forEach(LOGGER::warn);
    }

    private static void logMemoryLimit() {
        String advice = MemoryLimit.ofThisProcess().advice();
        if (advice != null) {
            LOGGER.warn(advice);
        }
    }

    private void listen(SrtUri address) throws IOException, InterruptedException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(SrtServerChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(SrtChannelOption.ACCEPT_FILTER, new RelayFilter(hub, address.port()))
                .option(SrtChannelOption.SRTO_PAYLOADSIZE, LONGEST_PAYLOAD)
                .option(SrtChannelOption.SRTO_SNDBUF, SEND_BUFFER_BYTES)
                .option(SrtChannelOption.SRTO_SNDDROPDELAY, -1) // the player's queue decides what is dropped
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(16 << 10, 32 << 10))
                .handler(new ListenerEvents(hub))
                .childHandler(new Entrance(hub));
        address.applyTo(bootstrap);
        InetSocketAddress local = Exposure.local(address);
        ChannelFuture bound = bootstrap.bind(local).await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + PeerText.hostAndPort(local) + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        SrtServerChannel listener = (SrtServerChannel) bound.channel();
        listeners.add(listener);
        addresses.add(address);
        LOGGER.info("listens on {}", PeerText.hostAndPort(listener.localAddress()));
    }

    /** Gives each accepted connection the handler that the accept filter decided on. */
    private static final class Entrance extends ChannelInitializer<SrtChannel> {
        private final Hub hub;

        Entrance(Hub hub) {
            this.hub = hub;
        }

        @Override
        protected void initChannel(SrtChannel channel) {
            Admission admission = channel.attr(Admission.KEY).get();
            if (admission == null || !hub.places().claim(admission.place(), admission.config())) {
                channel.close(); // the event loop stood still for seconds, and others have taken the places meanwhile
                return;
            }
            channel.closeFuture().addListener(end -> hub.places().release(admission.place()));
            StreamRequest request = admission.request();
            hub.accepted(request.role()).increment();
            channel.pipeline()
                    .addLast(
                            request.role() == Role.PUBLISH
                                    ? new Publisher(hub, request, channel)
                                    : hub.play(request, admission.config(), channel));
        }
    }
}
