// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;

/** A player without a connection, for streams that no caller could ask for, or for a thousand of them. */
record FakePlayer(Connection connection, TrafficCounters counters) implements StreamSink {
    /** Lets a player wait for a stream. */
    static void waitFor(Streams streams, String name) {
        streams.play(
                name,
                (LiveStream stream) ->
                        new FakePlayer(new Connection(new EmbeddedChannel()), new TrafficCounters(stream.counters())));
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public long queuedMillis() {
        return 0;
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        payload.release();
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> finish() {
        return ended();
    }
}
