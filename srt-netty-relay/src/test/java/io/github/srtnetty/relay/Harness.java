// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.node.FakeCluster;
import io.github.srtnetty.relay.pull.PullPolicy;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Http;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A relay in this process on ephemeral ports of the loopback interface, and callers of it. */
final class Harness implements AutoCloseable {
    /** Late packets are played late, not thrown away: else a machine that stands for a moment loses some. */
    private static final String LOSSLESS = "latency=200&tlpktdrop=0";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("test-callers", true), SrtIoHandler.newFactory());
    private final RelayServer relay;

    Harness(RelayRules config) throws Exception {
        this(config, LOSSLESS);
    }

    Harness(RelayRules config, String options) throws Exception {
        this(config, options, 0);
    }

    Harness(RelayRules config, String options, int port) throws Exception {
        relay = RelayServer.start(
                List.of(SrtUri.parse("srt://127.0.0.1:" + port + "?mode=listener&" + options)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new RelayConfig(config));
    }

    /** Starts node {@code a} of a cluster. */
    Harness(RelayRules config, FakeCluster cluster, int expectedNodes) throws Exception {
        List<SrtUri> addresses = List.of(SrtUri.parse("srt://127.0.0.1:0?mode=listener&" + LOSSLESS));
        relay = RelayServer.start(
                RelayOptions.of(addresses, new RelayConfig(config))
                        .withHttp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withCluster(FakeCluster.settings(expectedNodes)),
                cluster,
                PullPolicy.DEFAULT);
    }

    RelayServer relay() {
        return relay;
    }

    Streams streams() {
        return relay.parts().streams();
    }

    RelayState state() {
        return relay.parts().state();
    }

    CallerStatistics callers() {
        return relay.parts().reports().statistics();
    }

    Places places() {
        return relay.parts().places();
    }

    TokenBans tokenBans() {
        return relay.parts().tokenBans();
    }

    int port() {
        return relay.addresses().get(0).getPort();
    }

    SrtChannel connect(String streamId, ChannelHandler handler) throws InterruptedException {
        return (SrtChannel) tryConnect(streamId, "", handler).sync().channel();
    }

    /** Connects a player and waits until its stream has it, which may be a moment after the caller is connected. */
    SrtChannel play(String streamId, ChannelHandler handler) throws InterruptedException {
        int before = players();
        SrtChannel player = connect(streamId, handler);
        Await.until("it plays", () -> players() > before);
        return player;
    }

    private int players() {
        return streams().all().stream()
                .mapToInt(stream -> stream.sinks().size())
                .sum();
    }

    /** Waits until streams have so many publishers and players: their places are taken a moment before. */
    void awaitMembers(int count) {
        Await.until(count + " are in", () -> {
            long publishers = streams().all().stream()
                    .filter(stream -> stream.source() != null)
                    .count();
            return publishers + players() == count;
        });
    }

    ChannelFuture tryConnect(String streamId, String passphrase, ChannelHandler handler) {
        return Callers.connectInProcess(group, port(), streamId, passphrase, handler);
    }

    /** Connects with a latency of its own; the larger one of both sides counts. */
    ChannelFuture tryConnect(String streamId, Duration latency, ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .handler(handler)
                .option(SrtChannelOption.SRTO_STREAMID, streamId)
                .option(SrtChannelOption.SRTO_LATENCY, (int) latency.toMillis())
                .option(SrtChannelOption.SRTO_TLPKTDROP, false)
                .option(SrtChannelOption.SRTO_CONNTIMEO, 20_000)
                .connect(relay.addresses().get(0));
    }

    EventLoopGroup group() {
        return group;
    }

    /** Returns the code with which a caller is rejected, 0 where it is let in. */
    int code(String streamId) throws InterruptedException {
        return code(streamId, "");
    }

    int code(String streamId, String passphrase) throws InterruptedException {
        return Callers.rejectCode(tryConnect(streamId, passphrase, new ChannelInboundHandlerAdapter()));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return Http.get(relay.httpAddress().getPort(), path);
    }

    /** Sends a text over a connection of its own and returns all that comes back. */
    String raw(String request) throws IOException {
        InetSocketAddress http = relay.httpAddress();
        try (Socket socket = new Socket(http.getAddress(), http.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        relay.close();
    }
}
