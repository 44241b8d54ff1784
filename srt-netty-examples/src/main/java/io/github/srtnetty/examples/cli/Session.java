// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.libsrt.Srt;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An event loop for the time that a program runs, with one address open on it and one peer at a time. */
public final class Session implements AutoCloseable {
    private static final int DRAIN_MILLIS = 1200;
    private static final int END_MILLIS = 300;

    private final EventLoopGroup group = newGroup(1);
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final SrtUri uri;

    /** Creates a session that is not open yet. */
    public Session(SrtUri uri) {
        this.uri = uri;
    }

    /** Makes event loops for SRT. */
    public static EventLoopGroup newGroup(int threads) {
        Srt.ensureAvailability();
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("srt", true), SrtIoHandler.newFactory());
    }

    /** Runs a task when a signal ends the program, before libsrt ends. */
    public static void onSignal(Runnable task) {
        Srt.beforeShutdown(task);
    }

    /** Begins to close channels immediately: data that is not delivered yet is lost. */
    public static ChannelGroupFuture abort(ChannelGroup channels) {
        channels.forEach(channel -> {
            if (channel instanceof SrtChannel connection) {
                connection.config().setSoLinger(0);
            }
        });
        return channels.close();
    }

    /** Returns whether a signal is ending the program; failures are then caused by it. */
    public static boolean isEndedBySignal() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe); // there is no other way to find out
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Connects or listens, and waits until that is done; {@code pipeline} makes the pipeline of each connection. */
    public void open(Consumer<SrtChannel> pipeline) throws IOException, InterruptedException {
        SingleConnection single = new SingleConnection(channel -> {
            channels.add(channel);
            pipeline.accept(channel);
        });
        ChannelFuture opened = uri.open(group, single).await();
        if (!opened.isSuccess()) {
            throw Failures.opening(uri, opened.cause());
        }
        channels.add(opened.channel());
        if (uri.mode() == SrtConnectionMode.LISTENER) {
            Listening.announce(opened.channel());
        }
    }

    /**
     * Closes open channels; sent data has a moment to arrive. The loop continues, so this suits a signal while
     * another thread still uses the channels. Any thread.
     */
    public synchronized void closeChannels() {
        channels.close().awaitUninterruptibly(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Closes what is still open, as {@link #closeChannels}, and ends the loop. */
    @Override
    public void close() {
        closeChannels();
        group.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(END_MILLIS, TimeUnit.MILLISECONDS);
    }
}
