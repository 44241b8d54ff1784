// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveSource;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.netty.channel.ChannelHandlerContext;

/** A stream as it comes from another node. */
final class PullSource extends LiveSource {
    private final Runnable replaced;

    /**
     * Creates a source for a stream.
     *
     * @param replaced runs when a publisher of this node takes over; ends the connection after the remaining data
     */
    PullSource(LiveStream stream, RelayState state, Connection connection, Runnable replaced) {
        super(stream, connection, () -> state.rules().number(RelaySetting.SILENT_PUBLISHER_MILLIS));
        this.replaced = replaced;
    }

    /** Begins to pass payloads on: from now on, or once the earlier sources of the stream have ended. */
    void start() {
        start(dropped -> {});
    }

    @Override
    public void replacedBy(StreamSource other) {
        replaced.run();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        flush();
        ctx.fireChannelInactive();
    }
}
