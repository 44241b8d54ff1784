// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Closes the connections of a relay that drains. */
final class Drain {
    /** How long players may take at the end to receive what is queued for them. */
    static final int MOST_MILLIS = 3000;

    private Drain() {}

    /**
     * Releases the names of all publishers and closes the publishers. Players stay and receive from the nodes to
     * which the publishers reconnect. Returns the number of publishers.
     */
    static int publishers(RelayParts parts) {
        int claims = parts.claims().releaseAll();
        parts.streams().all().forEach(Drain::closePublisher);
        return claims;
    }

    /** Closes publishers, waits until players have received their queues, and returns the number of publishers. */
    static int all(RelayParts parts) {
        parts.claims().releaseAll(); // before the publishers look for another node
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        int players = 0;
        for (LiveStream stream : parts.streams().all()) {
            StreamSource source = stream.source();
            if (source != null) {
                source.close();
            }
            players += stream.players();
            for (StreamSink player : stream.sinks()) {
                ends.add(player.finish());
            }
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, MOST_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        return players;
    }

    private static void closePublisher(LiveStream stream) {
        StreamSource source = stream.source();
        if (source != null && !source.isPull()) {
            source.close();
        }
    }
}
