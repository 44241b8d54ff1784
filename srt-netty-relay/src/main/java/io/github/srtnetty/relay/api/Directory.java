// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.Streams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds publishers and players.
 *
 * @param streams the registry of streams
 */
record Directory(Streams streams) {
    /**
     * Returns the publisher with an id.
     *
     * @throws HttpProblem 404
     */
    Views.Publisher publisher(String id) {
        return publishers(streams.all()).stream()
                .filter(publisher -> publisher.source().connection().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(404, "no publisher has this id; it may have left"));
    }

    /**
     * Returns the player with an id.
     *
     * @throws HttpProblem 404
     */
    Views.Player player(String id) {
        return players(streams.all()).stream()
                .filter(player -> player.sink().connection().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(404, "no player has this id; it may have left"));
    }

    static List<Views.Publisher> publishers(Collection<LiveStream> streams) {
        List<Views.Publisher> all = new ArrayList<>();
        for (LiveStream stream : streams) {
            StreamSource source = stream.source();
            if (source != null) {
                all.add(new Views.Publisher(stream, source));
            }
        }
        return all;
    }

    static List<Views.Player> players(Collection<LiveStream> streams) {
        List<Views.Player> all = new ArrayList<>();
        for (LiveStream stream : streams) {
            for (StreamSink sink : stream.sinks()) {
                all.add(new Views.Player(stream, sink));
            }
        }
        return all;
    }
}
