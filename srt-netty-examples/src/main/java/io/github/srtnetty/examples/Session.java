// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.libsrt.Srt;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** An event loop for the time that a program runs, with one address open on it. */
final class Session implements AutoCloseable {
    private static final int END_MILLIS = 1000;

    private final EventLoopGroup group = newGroup(1);
    private final SrtUri uri;

    private Session(SrtUri uri) {
        this.uri = uri;
    }

    /** Makes event loops for SRT. */
    static EventLoopGroup newGroup(int threads) {
        Srt.ensureAvailability();
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("srt", true), SrtIoHandler.newFactory());
    }

    static Session of(SrtUri uri) {
        return new Session(uri);
    }

    /** Connects or listens, and waits for it. */
    Channel open(ChannelHandler handler) throws IOException, InterruptedException {
        ChannelFuture opened = uri.open(group, handler).await();
        if (!opened.isSuccess()) {
            String attempt = uri.mode() == SrtMode.LISTENER ? "cannot listen on " : "cannot connect to ";
            throw new IOException(attempt + hostAndPort() + ": " + Failures.describe(opened.cause()), opened.cause());
        }
        return opened.channel();
    }

    /** Closes what is still open, without waiting for peers. */
    @Override
    public void close() {
        group.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(END_MILLIS, TimeUnit.MILLISECONDS);
    }

    private String hostAndPort() {
        String host = uri.host().indexOf(':') >= 0 ? '[' + uri.host() + ']' : uri.host();
        return host + ':' + uri.port();
    }
}
