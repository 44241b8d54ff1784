// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes and plays what. A stream is here as long as it has a publisher or a player: changes of one name are
 * serialized by the map, so that nobody joins a stream that is just being removed. Any thread.
 */
final class Hub {
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
    private final Counters total = new Counters(null);
    private final Map<Role, LongAdder> accepted = Map.of(Role.PUBLISH, new LongAdder(), Role.PLAY, new LongAdder());
    private final Map<Integer, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<CallerLimit, LongAdder> limited = new EnumMap<>(CallerLimit.class);
    private final LongAdder twoStreamIds = new LongAdder();
    private final LongAdder sendingPlayers = new LongAdder();
    private final Places places = new Places();
    private final WrongTokens wrongTokens = new WrongTokens();
    private final CallerLog log;
    private volatile RelayConfig config;
    private volatile boolean draining;

    /**
     * Creates one without streams.
     *
     * @param logger runs what libsrt's threads want to log
     */
    Hub(RelayConfig config, Executor logger) {
        this.config = config;
        log = new CallerLog(logger);
        for (CallerLimit limit : CallerLimit.values()) {
            limited.put(limit, new LongAdder());
        }
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
        return Objects.requireNonNull(accepted.get(role));
    }

    /** Returns how many callers were rejected, by code. */
    Map<Integer, LongAdder> rejected() {
        return rejected;
    }

    /** Counts and logs a rejected caller. */
    void reject(InetSocketAddress peer, String asked, SrtRejectReason reason) {
        rejected.computeIfAbsent(reason.code(), code -> new LongAdder()).increment();
        log.rejected(peer, asked, reason);
    }

    /** Counts a caller that a limit kept out. */
    void limited(CallerLimit limit) {
        Objects.requireNonNull(limited.get(limit)).increment();
    }

    /** Returns how many callers each limit kept out. */
    Map<CallerLimit, LongAdder> limited() {
        return limited;
    }

    /** Returns how many connections were closed because their handshake held two stream ids. */
    LongAdder twoStreamIds() {
        return twoStreamIds;
    }

    /** Returns how many players were closed because they sent payloads. */
    LongAdder sendingPlayers() {
        return sendingPlayers;
    }

    Places places() {
        return places;
    }

    WrongTokens wrongTokens() {
        return wrongTokens;
    }

    CallerLog log() {
        return log;
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
    Player play(StreamRequest request, RelayConfig rules, Channel channel) {
        Player[] player = new Player[1];
        streams.compute(request.name(), (name, known) -> {
            LiveStream stream = known == null ? new LiveStream(name, total) : known;
            player[0] = new Player(this, stream, request, rules, channel);
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
