// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.cue.CueEvents;
import io.github.srtnetty.relay.cue.CueFinder;
import io.github.srtnetty.relay.event.EventBus;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Searches the payloads of a publisher for cues if the configuration enables that for its stream; a change also
 * applies to connected publishers. Passes every payload on unchanged. Event loop.
 */
final class CueWatch extends ChannelInboundHandlerAdapter {
    private final RelayState state;
    private final EventBus events;
    private final String stream;
    private @Nullable RelayRules rules;
    private @Nullable CueFinder finder;

    /** Emits the cues of a stream to a bus. */
    CueWatch(RelayState state, EventBus events, String stream) {
        this.state = state;
        this.events = events;
        this.stream = stream;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        RelayRules current = state.rules();
        if (current != rules) {
            rules = current;
            follow(current.reportsCues(stream));
        }
        if (finder != null) {
            finder.payload(((ByteBuf) msg).retainedSlice());
        }
        ctx.fireChannelRead(msg);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        follow(false);
    }

    private void follow(boolean wanted) {
        if (wanted && finder == null) {
            finder = new CueFinder(new CueEvents(events, stream));
        } else if (!wanted && finder != null) {
            finder.close();
            finder = null;
        }
    }
}
