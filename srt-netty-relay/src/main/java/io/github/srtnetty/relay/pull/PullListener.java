// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.channel.SrtAcceptLimits;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.channel.SrtServerChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.claim.Claims;
import io.github.srtnetty.relay.endpoint.Endpoints;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The listener from which other nodes pull the streams of this one. Every connection is encrypted. */
public final class PullListener {
    private static final int BACKLOG = 200;
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int SEND_BUFFER_BYTES = 4 << 20;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 32 << 10);

    /** A node may pull a thousand streams at the same time after another one was killed. */
    private static final SrtAcceptLimits LIMITS = SrtAcceptLimits.DEFAULT.withHandshakes(1000, 10_000);

    private final SrtServerChannel channel;
    private final PullFilter filter;
    private final Accepted accepted;

    private PullListener(SrtServerChannel channel, PullFilter filter, Accepted accepted) {
        this.channel = channel;
        this.filter = filter;
        this.accepted = accepted;
    }

    /**
     * Binds the port, and blocks until that is done. Nodes are rejected with 1503 until {@link #serve}.
     *
     * @throws IOException with address and reason
     */
    public static PullListener bind(EventLoopGroup loops, InetSocketAddress address, PullKeys keys, PullPolicy policy)
            throws IOException, InterruptedException {
        PullFilter filter = new PullFilter(keys);
        Accepted accepted = new Accepted();
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(SrtServerChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(SrtServerChannelOption.ACCEPT_FILTER, filter)
                .option(SrtServerChannelOption.ACCEPT_LIMITS, LIMITS)
                .option(SrtChannelOption.SRTO_PASSPHRASE, keys.passphrase())
                .option(SrtChannelOption.SRTO_ENFORCEDENCRYPTION, true)
                .option(SrtChannelOption.SRTO_LATENCY, policy.latencyMillis())
                .option(SrtChannelOption.SRTO_PAYLOADSIZE, LONGEST_PAYLOAD)
                .option(SrtChannelOption.SRTO_SNDBUF, SEND_BUFFER_BYTES)
                .option(SrtChannelOption.SRTO_SNDDROPDELAY, -1) // the queue of the stream's sink decides
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(accepted)
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for other nodes on " + PeerText.hostAndPort(address) + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new PullListener((SrtServerChannel) bound.channel(), filter, accepted);
    }

    /** Returns the address with the port. */
    public InetSocketAddress address() {
        return channel.localAddress();
    }

    /**
     * Accepts nodes from now on.
     *
     * @param claims the streams that may be pulled
     * @param endpoints gets each accepted connection
     */
    public void serve(Claims claims, Endpoints endpoints, CallerLog log) {
        accepted.endpoints = endpoints;
        filter.serve(claims, log);
    }

    /** Closes the listener; connections stay. */
    public ChannelFuture close() {
        return channel.close();
    }

    private static final class Accepted extends ChannelInitializer<SrtChannel> {
        private volatile @Nullable Endpoints endpoints;

        @Override
        protected void initChannel(SrtChannel pulling) {
            PullFilter.Pulled pulled = pulling.attr(PullFilter.KEY).get();
            Endpoints current = endpoints;
            if (pulled == null || current == null) {
                pulling.close();
            } else {
                current.feed(pulling, pulled.name(), pulled.node());
            }
        }
    }
}
