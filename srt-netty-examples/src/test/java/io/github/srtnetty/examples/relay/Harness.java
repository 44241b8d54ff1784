// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.SrtUri;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A relay in this process on ephemeral ports of the loopback interface, and callers of it. */
final class Harness implements AutoCloseable {
    /** Late packets are played late, not thrown away: else a machine that stands for a moment loses some. */
    private static final String LOSSLESS = "latency=200&tlpktdrop=0";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("test-callers", true), SrtIoHandler.newFactory());
    private final RelayServer relay;

    Harness(RelayConfig config) throws Exception {
        this(config, LOSSLESS);
    }

    Harness(RelayConfig config, String options) throws Exception {
        this(config, options, 0);
    }

    Harness(RelayConfig config, String options, int port) throws Exception {
        relay = RelayServer.start(
                List.of(SrtUri.parse("srt://127.0.0.1:" + port + "?mode=listener&" + options)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                config);
    }

    RelayServer relay() {
        return relay;
    }

    Hub hub() {
        return relay.hub();
    }

    int port() {
        return relay.addresses().get(0).getPort();
    }

    SrtChannel connect(String streamId, ChannelHandler handler) throws InterruptedException {
        return (SrtChannel) tryConnect(streamId, "", handler).sync().channel();
    }

    ChannelFuture tryConnect(String streamId, String passphrase, ChannelHandler handler) {
        return tryConnect(group, port(), streamId, passphrase, handler);
    }

    static ChannelFuture tryConnect(
            EventLoopGroup group, int port, String streamId, String passphrase, ChannelHandler handler) {
        Bootstrap caller = new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .handler(handler)
                .option(SrtChannelOption.SRTO_TLPKTDROP, false);
        if (!streamId.isEmpty()) {
            caller.option(SrtChannelOption.SRTO_STREAMID, streamId);
        }
        if (!passphrase.isEmpty()) {
            caller.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase);
        }
        return caller.connect(new InetSocketAddress("127.0.0.1", port));
    }

    EventLoopGroup group() {
        return group;
    }

    /** Returns the code with which a caller is rejected, 0 where it is let in. */
    int code(String streamId) throws InterruptedException {
        return code(streamId, "");
    }

    int code(String streamId, String passphrase) throws InterruptedException {
        return codeOf(tryConnect(streamId, passphrase, new ChannelInboundHandlerAdapter()));
    }

    static int codeOf(ChannelFuture connected) throws InterruptedException {
        connected.await();
        if (connected.isSuccess()) {
            connected.channel().close().sync();
            return 0;
        }
        if (connected.cause() instanceof SrtRejectedException rejected) {
            return rejected.reason().code();
        }
        throw new AssertionError(connected.cause());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(relay.httpAddress().getPort(), path);
    }

    static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        relay.close();
    }
}
