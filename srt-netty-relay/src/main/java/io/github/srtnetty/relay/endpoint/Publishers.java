// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.access.Admission;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.claim.Claims;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.monitor.CloseCause;
import io.github.srtnetty.relay.stream.Streams;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Creates the publisher of a connection once the directory has granted its name, and releases the name when it
 * disconnects. On the channel's event loop.
 *
 * @param streams the registry of streams
 * @param state the rules in effect
 * @param places the places of callers
 * @param bans gets publishers that send too much
 * @param reports statistics and log of callers
 * @param events gets the cues of publishers
 * @param claims the names of this node
 * @param changed gets each name whose publisher has come or left; must not wait
 */
record Publishers(
        Streams streams,
        RelayState state,
        Places places,
        Bans bans,
        CallerReports reports,
        EventBus events,
        Claims claims,
        Consumer<String> changed) {
    /** Claims the name of a publisher. A relay that runs alone grants it at once. */
    void enter(Channel channel, ConnectionLog log, Admission admission) {
        String name = log.request().name();
        if (streams.isPublished(name)) { // the filter could not detect it: the event loop was blocked for seconds
            refuse(channel, log, admission, CloseCause.NAME_TAKEN, "the name was taken in the meantime");
            return;
        }
        CompletableFuture<ClaimOutcome> claim = claims.claim(name);
        Consumer<ClaimOutcome> decided = outcome -> decided(channel, log, admission, outcome);
        if (claim.isDone()) {
            decided.accept(claim.join());
        } else {
            channel.pipeline().addLast(new AwaitedClaim(log, streams.total(), claim, decided, this::unused));
        }
    }

    private void unused(ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Granted granted) {
            claims.abandon(granted.claim());
        }
    }

    private void decided(Channel channel, ConnectionLog log, Admission admission, ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Granted granted) {
            granted(channel, log, admission, granted.claim());
        } else if (outcome instanceof ClaimOutcome.Taken taken) {
            String why = "the name has a publisher on node " + taken.holder().node();
            refuse(channel, log, admission, CloseCause.NAME_TAKEN, why);
        } else if (outcome instanceof ClaimOutcome.Refused refused) {
            refuse(channel, log, admission, CloseCause.NO_CLAIM, "the name cannot be claimed: " + refused.why());
        }
    }

    private void granted(Channel channel, ConnectionLog log, Admission admission, StreamEntry claim) {
        String name = claim.name();
        Runnable left = () -> {
            places.leave(admission.place(), admission.rules());
            claims.release(claim);
        };
        Publisher publisher = streams.publish(name, stream -> new Publisher(stream, state, log, left));
        places.published(admission.place());
        if (publisher == null) {
            claims.abandon(claim);
            refuse(channel, log, admission, CloseCause.NAME_TAKEN, "the name was taken in the meantime");
            return;
        }
        channel.closeFuture().addListener(closed -> {
            publisher.channelClosed();
            streams.leave(name, publisher);
            claims.release(claim);
            changed.accept(name);
        });
        claims.hold(claim, (winner, why) -> lost(publisher, log, winner, why));
        publisher.start();
        Departure departure = new Departure(() -> {
            left.run();
            streams.leave(name, publisher);
        });
        SilenceReport silence = new SilenceReport(publisher, silent -> claims.silent(claim, silent));
        PublisherWatch watch = new PublisherWatch(state, bans, reports.statistics(), log, silence);
        CueWatch cues = new CueWatch(state, events, name);
        channel.pipeline().addLast(watch, cues, publisher, departure, new ConnectionEnd(log, () -> ""));
        changed.accept(name);
        if (state.isDraining() && claims.hasOthers()) { // the others were closed when it began
            claims.release(claim);
            publisher.close();
        }
    }

    /** Closes a publisher that lost its name, on any thread; its players stay and receive the stream of the winner. */
    private void lost(Publisher publisher, ConnectionLog log, StreamEntry winner, String why) {
        log.line("closed: its name has a publisher on node %s: %s", winner.node(), why);
        reports.statistics().closed(CloseCause.CLAIM_LOST).increment();
        streams.leave(winner.name(), publisher);
        close(publisher.connection().channel());
        changed.accept(winner.name());
    }

    private void refuse(Channel channel, ConnectionLog log, Admission admission, CloseCause cause, String why) {
        places.published(admission.place());
        reports.statistics().closed(cause).increment();
        log.line("closed: %s", why);
        close(channel);
    }

    private static void close(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
