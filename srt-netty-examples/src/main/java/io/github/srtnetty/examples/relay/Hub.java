// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes and plays what. A stream is here as long as it has a publisher or a player: changes of one name are serialized
 * by the map, so that nobody joins a stream that is just being removed. Any thread.
 */
final class Hub {
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
    private final Counters total = new Counters(null);
    private final Map<Role, LongAdder> accepted = Map.of(Role.PUBLISH, new LongAdder(), Role.PLAY, new LongAdder());
    private final Map<Integer, LongAdder> rejected = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile RelayConfig config;
    private volatile boolean draining;

    Hub(RelayConfig config) {
        this.config = config;
    }

    RelayConfig config() {
        return config;
    }

    /** Uses other rules from now on; who is connected stays. */
    void config(RelayConfig other) {
        config = other;
    }

    boolean isDraining() {
        return draining;
    }

    void startDraining() {
        draining = true;
    }

    Counters total() {
        return total;
    }

    LongAdder accepted(Role role) {
        return accepted.get(role);
    }

    /** Returns how many callers were rejected, by code. */
    Map<Integer, LongAdder> rejected() {
        return rejected;
    }

    AtomicInteger connections() {
        return connections;
    }

    Collection<LiveStream> streams() {
        return streams.values();
    }

    @Nullable
    LiveStream stream(String name) {
        return streams.get(name);
    }

    /** Gives a name to a publisher; returns null where another has it and uses it. */
    @Nullable
    LiveStream publish(Publisher publisher) {
        Publisher[] silent = new Publisher[1];
        LiveStream stream = streams.compute(publisher.name(), (name, known) -> {
            LiveStream current = known == null ? new LiveStream(name, total) : known;
            if (!current.isLive()) {
                silent[0] = current.publisher();
                current.publisher(publisher);
            }
            return current;
        });
        if (silent[0] != null) {
            silent[0].log("replaced by %s: it was silent", publisher.peer());
            silent[0].channel().close();
        }
        return stream.publisher() == publisher ? stream : null;
    }

    /** Takes the name back, unless another has it meanwhile. */
    void unpublish(Publisher publisher) {
        streams.computeIfPresent(publisher.name(), (name, stream) -> {
            if (stream.publisher() == publisher) {
                stream.publisher(null);
            }
            return stream.isUnused() ? null : stream;
        });
    }

    /** Adds a player to the stream that it asked for. */
    Player play(StreamRequest request, Channel channel) {
        Player[] player = new Player[1];
        streams.compute(request.name(), (name, known) -> {
            LiveStream stream = known == null ? new LiveStream(name, total) : known;
            player[0] = new Player(this, stream, request, channel);
            stream.players().add(player[0]);
            return stream;
        });
        return player[0];
    }

    /** Removes a player. */
    void leave(Player player) {
        streams.computeIfPresent(player.name(), (name, stream) -> {
            stream.players().remove(player);
            return stream.isUnused() ? null : stream;
        });
    }
}
