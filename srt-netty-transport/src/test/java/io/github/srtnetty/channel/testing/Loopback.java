// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A listener on an ephemeral port of the loopback interface, and callers of it. Close it after the test. */
public final class Loopback implements AutoCloseable {
    private static final int WAIT_SECONDS = 30;
    /** Instead of 3 s, so that a machine that stands still for a moment ends no connect. */
    private static final int CONNECT_MILLIS = 20_000;

    private final EventLoopGroup group;
    private final BlockingQueue<SrtChannel> accepted = new LinkedBlockingQueue<>();
    private String host = "127.0.0.1";
    private Channel listener;

    public Loopback() {
        this(2);
    }

    public Loopback(int loops) {
        group = new MultiThreadIoEventLoopGroup(
                loops, new DefaultThreadFactory("test-srt", true), SrtIoHandler.newFactory());
    }

    public EventLoopGroup group() {
        return group;
    }

    /** Uses another address than 127.0.0.1. */
    public Loopback on(String otherHost) {
        host = otherHost;
        return this;
    }

    /** Listens; each accepted channel gets the handlers that {@code childInitializer} adds. */
    public Loopback listen(Consumer<Channel> childInitializer) {
        return listen(childInitializer, bootstrap -> {});
    }

    public Loopback listen(Consumer<Channel> childInitializer, Consumer<ServerBootstrap> options) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .childHandler(new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        childInitializer.accept(channel);
                        accepted.add(channel);
                    }
                });
        options.accept(bootstrap);
        listener = bootstrap.bind(host, 0).syncUninterruptibly().channel();
        return this;
    }

    public SrtServerChannel listener() {
        return (SrtServerChannel) listener;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public SrtChannel connect(ChannelHandler handler) {
        return connect(handler, bootstrap -> {});
    }

    public SrtChannel connect(ChannelHandler handler, Consumer<Bootstrap> options) {
        return (SrtChannel) tryConnect(handler, options).syncUninterruptibly().channel();
    }

    public ChannelFuture tryConnect(ChannelHandler handler, Consumer<Bootstrap> options) {
        return caller(handler, options).connect(address());
    }

    public Bootstrap caller(ChannelHandler handler, Consumer<Bootstrap> options) {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .handler(handler)
                .option(SrtChannelOption.SRTO_CONNTIMEO, CONNECT_MILLIS);
        options.accept(bootstrap);
        return bootstrap;
    }

    /** Returns the next channel that the listener accepted. */
    public SrtChannel accepted() throws InterruptedException {
        SrtChannel channel = accepted.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(channel).as("accepted channel").isNotNull();
        return channel;
    }

    /** Waits until a caller sends its first handshake to {@code silent}: from then on its connect is pending. */
    public static void awaitHandshake(DatagramSocket silent) {
        try {
            silent.setSoTimeout(WAIT_SECONDS * 1000);
            silent.receive(new DatagramPacket(new byte[1500], 1500));
        } catch (IOException e) {
            throw new AssertionError("no handshake arrived", e);
        }
    }

    @Override
    public void close() {
        assertThat(group.shutdownGracefully(0, WAIT_SECONDS, TimeUnit.SECONDS)
                        .awaitUninterruptibly(WAIT_SECONDS, TimeUnit.SECONDS))
                .as("event loops ended")
                .isTrue();
    }
}
