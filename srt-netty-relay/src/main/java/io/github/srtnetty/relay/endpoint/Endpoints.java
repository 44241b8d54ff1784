// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.access.Admission;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.hook.HookAnswer;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.streamid.Role;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;

/**
 * Creates the publisher or player of each accepted connection, and removes it when the channel closes. On the channel's
 * event loop.
 */
public final class Endpoints {
    private static final Runnable NOTHING = () -> {};

    private final Streams streams;
    private final RelayState state;
    private final Places places;
    private final Bans bans;
    private final CallerReports reports;
    private final EventBus events;

    /** Creates publishers and players of these streams. */
    public Endpoints(
            Streams streams, RelayState state, Places places, Bans bans, CallerReports reports, EventBus events) {
        this.streams = streams;
        this.state = state;
        this.places = places;
        this.bans = bans;
        this.reports = reports;
        this.events = events;
    }

    /**
     * Adds the handlers that the accept filter decided on; closes the channel where its place or its name was taken
     * meanwhile. The close future is the only way out, because it completes even if the channel never becomes active.
     */
    public void join(Channel channel, Admission admission) {
        if (!places.claim(admission.place(), admission.rules())) {
            channel.close(); // the event loop stood still for seconds, and others have taken the places meanwhile
            return;
        }
        Connection connection = new Connection(channel, admission.user());
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

    private void enter(Channel channel, ConnectionLog log, Admission admission) {
        Role role = admission.request().role();
        reports.statistics().accepted(role).increment();
        Runnable leave = role == Role.PUBLISH ? publish(channel, log, admission) : play(channel, log, admission);
        channel.closeFuture().addListener(closed -> {
            leave.run();
            places.release(admission.place());
        });
    }

    private Runnable publish(Channel channel, ConnectionLog log, Admission admission) {
        String name = log.request().name();
        Runnable left = () -> places.leave(admission.place(), admission.rules());
        Publisher publisher = streams.publish(name, stream -> new Publisher(stream, state, log, left));
        places.published(admission.place());
        if (publisher == null) { // the filter could not know: the event loop stood still for seconds
            log.line("closed: the name was taken in the meantime");
            channel.close();
            return NOTHING;
        }
        publisher.start();
        Departure departure = new Departure(() -> {
            left.run();
            streams.leave(name, publisher);
        });
        PublisherWatch watch = new PublisherWatch(state, bans, reports.statistics(), log);
        CueWatch cues = new CueWatch(state, events, name);
        channel.pipeline().addLast(watch, cues, publisher, departure, new ConnectionEnd(log, () -> ""));
        return () -> {
            publisher.channelClosed();
            streams.leave(name, publisher);
        };
    }

    private Runnable play(Channel channel, ConnectionLog log, Admission admission) {
        String name = log.request().name();
        Player player = streams.play(
                name, stream -> new Player(stream.counters(), admission.rules(), log, reports.statistics()));
        channel.pipeline().addLast(player, new ConnectionEnd(log, player::summary));
        return () -> {
            streams.leave(name, player);
            player.channelClosed();
        };
    }
}
