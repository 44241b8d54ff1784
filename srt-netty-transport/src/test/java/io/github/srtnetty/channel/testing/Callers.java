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
    private Callers() {}

    /** Connects to the loopback interface with a stream id and a passphrase, where they are not empty. */
    public static ChannelFuture connect(
            EventLoopGroup group, int port, String streamId, String passphrase, ChannelHandler handler) {
        return connect(group, new InetSocketAddress("127.0.0.1", port), streamId, passphrase, handler);
    }

    /** Connects with a stream id and a passphrase, where they are not empty. */
    public static ChannelFuture connect(
            EventLoopGroup group,
            InetSocketAddress listener,
            String streamId,
            String passphrase,
            ChannelHandler handler) {
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
        return caller.connect(listener);
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
