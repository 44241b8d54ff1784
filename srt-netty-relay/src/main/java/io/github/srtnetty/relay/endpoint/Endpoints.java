// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.access.Admission;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.claim.Claims;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.directory.LocalStreamDirectory;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.hook.HookAnswer;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Creates the publisher or player of each accepted connection, and removes it when the channel closes. On the channel's
 * event loop.
 */
public final class Endpoints {
    private final Streams streams;
    private final RelayState state;
    private final Places places;
    private final CallerReports reports;
    private final Publishers publishers;
    private final Consumer<String> changed;

    /** Creates publishers and players of these streams, on a relay that runs alone. */
    public Endpoints(
            Streams streams, RelayState state, Places places, Bans bans, CallerReports reports, EventBus events) {
        this(streams, state, places, bans, reports, events, new Claims(new LocalStreamDirectory()), name -> {});
    }

    /**
     * Creates publishers and players of these streams.
     *
     * @param events gets the cues of publishers
     * @param claims the names that publishers of this node hold
     * @param changed gets each name whose publisher or players have changed; must not wait
     */
    public Endpoints(
            Streams streams,
            RelayState state,
            Places places,
            Bans bans,
            CallerReports reports,
            EventBus events,
            Claims claims,
            Consumer<String> changed) {
        this.streams = streams;
        this.state = state;
        this.places = places;
        this.reports = reports;
        this.changed = changed;
        publishers = new Publishers(streams, state, places, bans, reports, events, claims, changed);
    }

    /**
     * Adds the handlers that the accept filter decided on; closes the channel if its place or its name was taken
     * meanwhile. Clean-up uses the close future, because it completes even if the channel never becomes active.
     */
    public void join(Channel channel, Admission admission) {
        if (!places.claim(admission.place(), admission.rules())) {
            channel.close(); // the event loop was blocked for seconds, and others have taken the places meanwhile
            return;
        }
        Connection connection = new Connection(channel);
        connection.user(admission.user());
        ConnectionLog log = new ConnectionLog(connection, admission.request(), reports.log());
        CompletableFuture<HookAnswer> answer = admission.answer();
        if (answer == null) {
            enter(channel, log, admission);
        } else {
            HeldConnection held = new HeldConnection(log, answer, () -> enter(channel, log, admission));
            channel.pipeline().addLast(held);
            channel.closeFuture().addListener(closed -> {
                if (!held.hasEntered()) {
                    places.release(admission.place());
                }
            });
        }
    }

    /**
     * Adds another node that pulls a stream of this one; closes the channel if the stream no longer has a publisher.
     *
     * @param node the name of the other node
     */
    public void feed(Channel channel, String name, String node) {
        StreamRequest request = new StreamRequest(Role.PLAY, name, "");
        ConnectionLog log = new ConnectionLog(new Connection(channel, node), request, reports.log());
        Player player =
                streams.feed(name, stream -> new Player(stream.counters(), state.rules(), log, reports.statistics()));
        if (player == null) {
            channel.close();
            return;
        }
        addPlayer(channel, log, player);
    }

    private void enter(Channel channel, ConnectionLog log, Admission admission) {
        Role role = admission.request().role();
        reports.statistics().accepted(role).increment();
        if (role == Role.PUBLISH) {
            publishers.enter(channel, log, admission);
        } else {
            play(channel, log, admission);
        }
        channel.closeFuture().addListener(closed -> places.release(admission.place()));
    }

    private void play(Channel channel, ConnectionLog log, Admission admission) {
        String name = log.request().name();
        Player player = streams.play(
                name, stream -> new Player(stream.counters(), admission.rules(), log, reports.statistics()));
        addPlayer(channel, log, player);
        changed.accept(name);
    }

    private void addPlayer(Channel channel, ConnectionLog log, Player player) {
        String name = log.request().name();
        channel.closeFuture().addListener(closed -> {
            streams.leave(name, player);
            player.channelClosed();
            changed.accept(name);
        });
        channel.pipeline().addLast(player, new ConnectionEnd(log, player::summary));
    }
}
