// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.stream.LiveSource;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.netty.channel.ChannelHandlerContext;

/** A stream as its publisher sends it. */
final class Publisher extends LiveSource {
    private final LiveStream stream;
    private final ConnectionLog log;
    private final Runnable left;

    /**
     * Creates a publisher for a stream.
     *
     * @param left runs when the publisher has disconnected, on any thread and possibly more than once
     */
    Publisher(LiveStream stream, RelayState state, ConnectionLog log, Runnable left) {
        super(stream, log.connection(), () -> state.rules().number(RelaySetting.SILENT_PUBLISHER_MILLIS));
        this.stream = stream;
        this.log = log;
        this.left = left;
    }

    /** Begins to pass payloads on: from now on, or once the earlier sources of the stream have ended. */
    void start() {
        start(dropped -> {
            if (dropped > 0) {
                log.line("dropped %d packets that arrived while the previous source was delivered", dropped);
            }
        });
    }

    /**
     * Queries libsrt: a publisher that reconnects immediately may be faster than the close event of its old connection.
     */
    @Override
    public boolean hasLeft() {
        boolean gone = super.hasLeft();
        if (gone) {
            left.run();
        }
        return gone;
    }

    @Override
    public void replacedBy(StreamSource other) {
        log.line("replaced by %s: it was silent", other.connection().peer());
        close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int players = stream.players();
        log.line(players == 1 ? "publishes, 1 player waits" : "publishes, %d players wait", players);
        ctx.fireChannelActive();
    }

    /** Sends the payloads of an incomplete last read. */
    void channelClosed() {
        flush();
    }
}
