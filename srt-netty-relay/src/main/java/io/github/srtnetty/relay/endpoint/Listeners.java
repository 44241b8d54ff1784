// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.channel.SrtServerChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.access.Admission;
import io.github.srtnetty.relay.access.Exposure;
import io.github.srtnetty.relay.access.RelayFilter;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Opens the relay's listeners.
 *
 * @param loops the event loops of listeners and connections
 * @param filter decides about each caller
 * @param endpoints gets each accepted connection
 * @param reports gets the callers that libsrt or the listener rejected
 */
public record Listeners(EventLoopGroup loops, RelayFilter filter, Endpoints endpoints, CallerReports reports) {
    private static final int BACKLOG = 200;
    private static final int LONGEST_PAYLOAD = 1456;
    /** The data that libsrt buffers for a player that does not acknowledge; after that, the player's queue fills. */
    private static final int SEND_BUFFER_BYTES = 2 << 20;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 32 << 10);

    /**
     * Binds a listener; blocks until it is bound.
     *
     * @param rules have the limits of handshakes at first
     * @throws IOException with address and reason
     */
    public SrtServerChannel bind(SrtUri address, RelayRules rules) throws IOException, InterruptedException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(SrtServerChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(SrtServerChannelOption.ACCEPT_FILTER, filter.forPort(address.port()))
                .option(SrtServerChannelOption.ACCEPT_LIMITS, HandshakeLimits.of(rules))
                .option(SrtChannelOption.SRTO_PAYLOADSIZE, LONGEST_PAYLOAD)
                .option(SrtChannelOption.SRTO_SNDBUF, SEND_BUFFER_BYTES)
                .option(SrtChannelOption.SRTO_SNDDROPDELAY, -1) // the player's queue drops payloads instead
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ListenerEvents(reports))
                .childHandler(new Accepted(endpoints));
        address.applyTo(bootstrap);
        InetSocketAddress local = Exposure.local(address);
        ChannelFuture bound = bootstrap.bind(local).await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + PeerText.hostAndPort(local) + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return (SrtServerChannel) bound.channel();
    }

    /** Initializes each accepted connection with the decision of the accept filter. */
    private static final class Accepted extends ChannelInitializer<SrtChannel> {
        private final Endpoints endpoints;

        Accepted(Endpoints endpoints) {
            this.endpoints = endpoints;
        }

        @Override
        protected void initChannel(SrtChannel channel) {
            Admission admission = channel.attr(Admission.KEY).get();
            if (admission == null) {
                channel.close();
            } else {
                endpoints.join(channel, admission);
            }
        }
    }
}
