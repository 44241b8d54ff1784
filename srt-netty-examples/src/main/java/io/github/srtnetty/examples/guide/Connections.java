// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.bootstrap.SrtReconnector;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Ways to get a connection, and to close it. */
public final class Connections {
    private Connections() {}

    static ChannelFuture call(EventLoopGroup group, ChannelHandler handler, InetSocketAddress peer) {
        Bootstrap caller = new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 3000)
                .option(SrtChannelOption.SRTO_LATENCY, 200)
                .option(SrtChannelOption.SRTO_STREAMID, "#!::r=live/studio,m=publish")
                .handler(handler);
        return caller.connect(peer).addListener(connect -> {
            if (connect.cause() instanceof SrtRejectedException rejected) {
                System.err.println("refused: " + rejected.reason());
            }
        });
    }

    static ChannelFuture listen(EventLoopGroup group, ChannelHandler childHandler, int port) {
        ServerBootstrap listener = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .option(ChannelOption.SO_BACKLOG, 100)
                .option(SrtChannelOption.SRTO_LATENCY, 200)
                .childOption(ChannelOption.AUTO_READ, true)
                .childHandler(childHandler);
        return listener.bind(port);
    }

    static ChannelFuture rendezvous(EventLoopGroup group, ChannelHandler handler, InetSocketAddress peer, int port) {
        Bootstrap meeting = new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .option(SrtChannelOption.SRTO_RENDEZVOUS, true)
                .handler(handler);
        return meeting.connect(peer, new InetSocketAddress(port));
    }

    static ChannelFuture stream(EventLoopGroup group, ChannelHandler handler, InetSocketAddress peer) {
        Bootstrap caller = new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE)
                .handler(handler);
        return caller.connect(peer);
    }

    static SrtReconnector callForEver(EventLoopGroup group, ChannelHandler initializer) {
        SrtUri uri = SrtUri.parse("srt://studio.example:9000?latency=200&passphrase=correct-horse-battery");
        SrtReconnector caller = new SrtReconnector(() -> uri.open(group, initializer), group.next());
        caller.delays(Duration.ofMillis(250), Duration.ofSeconds(30));
        caller.onFailure(failure -> System.err.println(failure.message()));
        return caller.start();
    }

    /** Closes a channel; returns how many packets its peer has not acknowledged, 0 if the peer has everything. */
    static long close(SrtChannel channel) throws InterruptedException {
        channel.close().sync();
        SrtStatistics last = channel.statistics();
        return last == null ? 0 : last.asLong(SrtStatistic.PKT_SND_BUF);
    }
}
