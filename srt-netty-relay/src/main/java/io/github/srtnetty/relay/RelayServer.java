// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtAcceptLimits;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.access.Exposure;
import io.github.srtnetty.relay.access.RelayFilter;
import io.github.srtnetty.relay.alarm.Alarm;
import io.github.srtnetty.relay.alarm.AlarmClock;
import io.github.srtnetty.relay.api.ApiParts;
import io.github.srtnetty.relay.api.ApiService;
import io.github.srtnetty.relay.api.BitRates;
import io.github.srtnetty.relay.api.RelayControl;
import io.github.srtnetty.relay.api.RelayMetrics;
import io.github.srtnetty.relay.api.StatusView;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.dashboard.Dashboard;
import io.github.srtnetty.relay.dashboard.StreamNotes;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.StreamDirectoryProvider;
import io.github.srtnetty.relay.endpoint.Endpoints;
import io.github.srtnetty.relay.endpoint.HandshakeLimits;
import io.github.srtnetty.relay.endpoint.Listeners;
import io.github.srtnetty.relay.event.RelayEvents;
import io.github.srtnetty.relay.gate.Gate;
import io.github.srtnetty.relay.http.HttpLimits;
import io.github.srtnetty.relay.http.HttpServer;
import io.github.srtnetty.relay.http.Worker;
import io.github.srtnetty.relay.node.ClusterJson;
import io.github.srtnetty.relay.pull.PullPolicy;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay: listeners, event loops, and the status pages. Any thread. */
public final class RelayServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelayServer.class);
    private static final int END_MILLIS = 500;
    private static final int LOOPS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private final EventLoopGroup loops;
    private final ClusterLink cluster;
    private final RelayParts parts;
    private final ConfigEditor configs;
    private final StatusView view;
    private final Endpoints endpoints;
    private final Worker worker = new Worker();
    private final RelayMetrics metrics;
    private final RelayEvents events;
    private final AlarmClock alarms;
    private final List<SrtServerChannel> listeners = new ArrayList<>();
    private final List<SrtUri> addresses = new ArrayList<>();
    private @Nullable HttpServer status;
    private final @Nullable ConfigSource source;
    private boolean started;
    private boolean closed;

    private RelayServer(RelayConfig config, @Nullable ConfigSource source, EventLoopGroup loops, ClusterLink cluster) {
        this.source = source;
        this.loops = loops;
        this.cluster = cluster;
        parts = RelayParts.create(config.rules(), loops, cluster.node());
        configs = new ConfigEditor(config, new ConfigEditor.Applier() {
            @Override
            public void check(RelayConfig next) throws IOException {
                ListenerChecks.checkRules(next.rules(), addresses);
                parts.authority().prepare(next.rules());
            }

            @Override
            public void apply(RelayConfig next) {
                applyRules(next.rules());
            }
        });
        view = parts.view();
        metrics = new RelayMetrics(view);
        events = new RelayEvents(parts.events());
        endpoints = cluster.begin(parts);
        alarms = AlarmClock.start(parts.alarms(), parts.places()::sweep);
    }

    /**
     * Starts a relay.
     *
     * @param addresses listeners; libsrt's options in them apply to all accepted connections
     * @param http where the status pages are, null for none
     * @throws IOException if a port is not available, an address is not a listener's, {@code defaultStreamIds}
     *     names a port that nobody listens on, or where strangers could publish or play on an address that is not
     *     loopback and the configuration does not say that it is open; nothing is left open then
     */
    public static RelayServer start(List<SrtUri> addresses, @Nullable InetSocketAddress http, RelayConfig config)
            throws IOException, InterruptedException {
        return start(addresses, http, config, null);
    }

    /**
     * Starts a relay, as {@link #start(List, InetSocketAddress, RelayConfig)}.
     *
     * @param source where {@link #reload()} and the control API load the configuration again, null for nowhere
     */
    public static RelayServer start(
            List<SrtUri> addresses, @Nullable InetSocketAddress http, RelayConfig config, @Nullable ConfigSource source)
            throws IOException, InterruptedException {
        return start(new RelayOptions(addresses, http, config, source, null));
    }

    /**
     * Starts a relay, as {@link #start(List, InetSocketAddress, RelayConfig)}; joins a cluster before that, if it has
     * one.
     *
     * @throws IOException also where the cluster cannot be joined, or its module is not on the class path
     */
    public static RelayServer start(RelayOptions options) throws IOException, InterruptedException {
        return start(options, ClusterLink.provider());
    }

    static RelayServer start(RelayOptions options, @Nullable StreamDirectoryProvider provider)
            throws IOException, InterruptedException {
        return start(options, provider, PullPolicy.DEFAULT);
    }

    static RelayServer start(RelayOptions options, @Nullable StreamDirectoryProvider provider, PullPolicy policy)
            throws IOException, InterruptedException {
        RelayConfig config = options.config();
        ListenerChecks.check(config.rules(), options.addresses());
        EventLoopGroup loops = newLoops();
        RelayServer relay = new RelayServer(config, options.source(), loops, link(options, provider, policy, loops));
        try {
            relay.parts.authority().prepare(config.rules());
            InetSocketAddress http = options.http();
            if (http != null) {
                relay.serve(http);
            }
            for (SrtUri address : options.addresses()) {
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
     * Applies other rules to new callers; existing connections stay.
     *
     * @throws IOException where strangers could publish or play on an address of this relay, see {@link #start}; the
     *     old configuration stays then
     */
    public void reload(RelayConfig config) throws IOException {
        configs.use(config);
    }

    /** Reloads the configuration; one that cannot be used is logged and counted, and the old one stays. */
    public void reload() {
        try {
            reloadFromSource();
        } catch (IOException e) {
            reloadFailed(String.valueOf(e.getMessage()));
        }
    }

    /** Notes that a configuration could not be used, and why; the old one stays. */
    public void reloadFailed(String why) {
        metrics.reloaded(false);
        events.reloadFailed(why);
        LOGGER.error("the old configuration stays in effect: {}", why);
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
        startDraining();
        int players = Drain.all(parts);
        listeners.forEach(listener -> listener.close().awaitUninterruptibly(END_MILLIS));
        if (status != null) {
            status.close();
        }
        worker.close();
        parts.authority().close();
        cluster.close();
        loops.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * END_MILLIS);
        alarms.close();
        parts.events().close();
        parts.webhooks().close();
        metrics.close();
        if (started) {
            LOGGER.info("ended; {} connected", players == 1 ? "1 player was" : players + " players were");
        }
    }

    private static ClusterLink link(
            RelayOptions options, @Nullable StreamDirectoryProvider provider, PullPolicy policy, EventLoopGroup loops)
            throws IOException, InterruptedException {
        try {
            ClusterSettings settings = options.settings();
            return settings == null ? ClusterLink.alone() : ClusterLink.join(settings, provider, loops, policy);
        } catch (IOException | RuntimeException e) {
            loops.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    private static EventLoopGroup newLoops() {
        DefaultThreadFactory threads = new DefaultThreadFactory("relay", true);
        return new MultiThreadIoEventLoopGroup(LOOPS, threads, SrtIoHandler.newFactory());
    }

    RelayParts parts() {
        return parts;
    }

    ClusterLink cluster() {
        return cluster;
    }

    List<SrtServerChannel> listeners() {
        return listeners;
    }

    private void applyRules(RelayRules rules) {
        parts.state().replaceRules(rules);
        limitHandshakes();
        parts.webhooks().use(rules.webhooks());
        metrics.reloaded(true);
        int listed = rules.streams().size();
        events.reloaded(listed);
        LOGGER.info("new configuration: {} {} listed", listed, listed == 1 ? "stream" : "streams");
        logExposure(rules);
    }

    private void reloadFromSource() throws IOException {
        if (source == null) {
            throw new IOException("the relay was started without --config");
        }
        reload(source.load());
    }

    private void limitHandshakes() {
        SrtAcceptLimits limits = HandshakeLimits.of(parts.state().rules());
        listeners.forEach(listener -> listener.config().setAcceptLimits(limits));
    }

    private RelayControl control() {
        return new RelayControl() {
            @Override
            public void drain() {
                startDraining();
                int moved = parts.claims().hasOthers() ? Drain.publishers(parts) : 0;
                if (moved > 0) {
                    LOGGER.info("draining: {} closed to make them connect to other nodes", publishers(moved));
                }
                LOGGER.info(
                        "draining: new callers are rejected; open connections: {}",
                        parts.places().connected());
            }

            @Override
            public void changeLimits(Map<RelaySetting, Optional<Integer>> changes) {
                parts.state().change(changes);
                limitHandshakes();
                changes.forEach((limit, value) -> LOGGER.info(
                        "{} is {} from now on",
                        limit.key(),
                        value.map(String::valueOf).orElse("as configured")));
            }

            @Override
            public void reload() throws IOException {
                try {
                    reloadFromSource();
                } catch (IOException e) {
                    reloadFailed(String.valueOf(e.getMessage()));
                    throw e;
                }
            }
        };
    }

    private static String publishers(int count) {
        return count == 1 ? "1 publisher is" : count + " publishers are";
    }

    private void startDraining() {
        if (parts.state().startDraining()) {
            events.draining(parts.places().connected());
        }
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

    private void serve(InetSocketAddress address) throws IOException, InterruptedException {
        BitRates rates = new BitRates();
        Gate gate = new Gate(parts.state(), worker);
        TlsWatch tls = TlsWatch.start(parts.state());
        Dashboard dashboard = new Dashboard(
                parts.streams(),
                parts.state(),
                rates::received,
                name -> Alarm.names(parts.alarms().of(name)),
                new StreamNotes(parts.events().recent())::of,
                json -> ClusterJson.writeField(parts.node(), json));
        ApiParts api =
                new ApiParts(gate, worker, rates, parts.bans(), parts.tokenBans(), control(), dashboard, configs);
        ApiService service = new ApiService(view, metrics, api, address.getHostString());
        HttpServer server = HttpServer.start(address, HttpLimits.DEFAULT, service, tls::context);
        status = server;
        server.every(TlsWatch.PERIOD, tls::look);
        server.every(Dashboard.PERIOD, () -> {
            rates.sample(view.streams(), System.nanoTime());
            dashboard.sample();
        });
        server.every(Dashboard.REFRESH, dashboard::refresh);
        String scheme = tls.context() == null ? "http://" : "https://";
        LOGGER.info("dashboard on {}{}/", scheme, PeerText.hostAndPort(server.address()));
        LOGGER.info("status pages on {}{}", scheme, PeerText.hostAndPort(server.address()));
        boolean tokens = !parts.state().rules().api().tokens().isEmpty();
        LOGGER.info(
                "control API on {}{}/api/v1, {}",
                scheme,
                PeerText.hostAndPort(server.address()),
                tokens
                        ? "with the tokens of the configuration"
                        : "for programs on this machine only: it has no tokens");
        if (tokens && tls.context() == null && !server.address().getAddress().isLoopbackAddress()) {
            LOGGER.warn("tokens of the API are sent unencrypted: set api.certificate, or use a proxy with TLS");
        }
    }

    private void listen(SrtUri address) throws IOException, InterruptedException {
        RelayFilter filter = new RelayFilter(
                parts.authority(),
                parts.places(),
                parts.tokenBans(),
                parts.reports(),
                parts.bans(),
                parts::isLive,
                parts.claims()::acceptsPublishers);
        SrtServerChannel listener = new Listeners(loops, filter, endpoints, parts.reports())
                .bind(address, parts.state().rules());
        listeners.add(listener);
        addresses.add(address);
        metrics.addListener(listener);
        LOGGER.info("listens on {}", PeerText.hostAndPort(listener.localAddress()));
    }
}
