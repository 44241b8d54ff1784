// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.testing;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtRejectedException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;

/** Callers of a listener, which play late packets late. */
public final class Callers {
    private static final int IN_PROCESS_MILLIS = 20_000;

    private Callers() {}

    /** Connects to the loopback interface with a stream id and a passphrase, where they are not empty. */
    public static ChannelFuture connect(
            EventLoopGroup group, int port, String streamId, String passphrase, ChannelHandler handler) {
        return connect(group, new InetSocketAddress("127.0.0.1", port), streamId, passphrase, handler);
    }

    /**
     * Connects like {@link #connect(EventLoopGroup, int, String, String, ChannelHandler)} to a listener of this
     * process, which is there, however busy the machine is: gives up after 20 s, not after libsrt's 3 s.
     */
    public static ChannelFuture connectInProcess(
            EventLoopGroup group, int port, String streamId, String passphrase, ChannelHandler handler) {
        return caller(group, streamId, passphrase, handler)
                .option(SrtChannelOption.SRTO_CONNTIMEO, IN_PROCESS_MILLIS)
                .connect(new InetSocketAddress("127.0.0.1", port));
    }

    /** Connects with a stream id and a passphrase, where they are not empty. */
    public static ChannelFuture connect(
            EventLoopGroup group,
            InetSocketAddress listener,
            String streamId,
            String passphrase,
            ChannelHandler handler) {
        return caller(group, streamId, passphrase, handler).connect(listener);
    }

    private static Bootstrap caller(EventLoopGroup group, String streamId, String passphrase, ChannelHandler handler) {
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
        return caller;
    }

    /** Returns the code with which a caller is rejected, 0 where it is let in; closes it. */
    public static int rejectCode(ChannelFuture connected) throws InterruptedException {
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
}
