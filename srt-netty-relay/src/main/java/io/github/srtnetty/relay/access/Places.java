// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.monitor.CallerLimit;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts callers against the limits of the configuration: all, of an address with the same token, players of a stream,
 * publishers, and one publisher of each stream. The accept filter takes a place, so simultaneous callers cannot exceed
 * a limit together; the accepted channel claims it and releases it when it closes.
 *
 * <p>A caller that the filter admitted may never become a channel: its passphrase is wrong, the backlog is full, or
 * it disconnected. Its place is free again once libsrt has closed its socket, at the latest after {@link
 * #UNCLAIMED_NANOS}; a channel that claims later takes a new place.
 *
 * <p>A publisher that has disconnected is counted separately until its data is delivered: its place is free for the
 * next one, and the memory of such connections stays bounded.
 *
 * <p>Threads: any; each operation holds the lock for a constant number of steps on average. Only at a limit it also
 * looks at the callers that are not accepted yet; {@code SrtAcceptLimits} bounds their number.
 */
public final class Places {
    /** libsrt hands an admitted caller to the accept queue at once; a caller gives up after 3 s. */
    public static final long UNCLAIMED_NANOS = TimeUnit.SECONDS.toNanos(3);

    /**
     * Maximum number of connections counted separately, whatever the configuration: a publisher that restarts 16
     * times a second with a latency of 8 s.
     */
    static final int LEAST_LEAVING = 128;

    private enum State {
        TAKEN,
        CLAIMED,
        LEAVING,
        FREE
    }

    /** The place of one caller. */
    static final class Place {
        private final CallerKey caller;
        private final StreamRequest request;
        private final BooleanSupplier failed;
        private final long sinceNanos;
        private State state = State.TAKEN;

        private Place(CallerKey caller, StreamRequest request, BooleanSupplier failed, long sinceNanos) {
            this.caller = caller;
            this.request = request;
            this.failed = failed;
            this.sinceNanos = sinceNanos;
        }
    }

    /** A place, or the limit that prevents one; neither if the stream already has a publisher. */
    public record Outcome(@Nullable Place place, @Nullable CallerLimit limit) {}

    private final Predicate<String> isLive;
    private final Consumer<String> notAccepted;
    /** In the order in which they were taken. */
    private final Set<Place> unclaimed = new LinkedHashSet<>();
    /** Places of publishers whose streams do not know them yet, by name. */
    private final Map<String, Place> comingPublishers = new HashMap<>();

    private final PlaceCounts taken = new PlaceCounts();
    private final PlaceCounts leaving = new PlaceCounts();
    private int claimed;

    /**
     * Creates an empty table.
     *
     * @param isLive returns whether the stream with a name has a publisher that sends
     */
    public Places(Predicate<String> isLive) {
        this(isLive, name -> {});
    }

    /**
     * Creates an empty table.
     *
     * @param isLive returns whether the stream with a name has a publisher that sends
     * @param notAccepted gets the stream of each caller that took a place and did not become a channel; must not wait
     */
    public Places(Predicate<String> isLive, Consumer<String> notAccepted) {
        this.isLive = isLive;
        this.notAccepted = notAccepted;
    }

    /** Frees the places of callers that will not become channels; without this call, that happens when others call. */
    public synchronized void sweep(long nowNanos) {
        freeExpired(nowNanos);
        freeFailed();
    }

    /**
     * Takes a place for a caller.
     *
     * @param failed returns whether libsrt has closed the caller's socket
     */
    public synchronized Outcome take(
            InetAddress address, StreamRequest request, RelayRules config, BooleanSupplier failed, long nowNanos) {
        Outcome outcome = takeUnnamed(address, request, config, failed, nowNanos);
        if (outcome.place() != null && request.role() == Role.PUBLISH) {
            comingPublishers.put(request.name(), outcome.place());
        }
        return outcome;
    }

    /**
     * Takes a place as {@link #take}, without the name of its stream: for a publisher whose permission is not
     * known yet, and which must not block others.
     */
    public synchronized Outcome takeUnnamed(
            InetAddress address, StreamRequest request, RelayRules config, BooleanSupplier failed, long nowNanos) {
        freeExpired(nowNanos);
        if (request.role() == Role.PUBLISH && isPublished(request.name())) {
            return new Outcome(null, null);
        }
        Place place = new Place(CallerKey.of(address, request, config), request, failed, nowNanos);
        CallerLimit limit = reached(place, config);
        if (limit != null) {
            return new Outcome(null, limit);
        }
        add(taken, place, 1);
        unclaimed.add(place);
        return new Outcome(place, null);
    }

    /**
     * Keeps the place of a channel until it is released; returns false if it was already free and a limit is
     * reached.
     */
    public synchronized boolean claim(Place place, RelayRules config) {
        if (place.state == State.FREE) {
            if (reached(place, config) != null) {
                return false;
            }
            add(taken, place, 1);
        }
        unclaimed.remove(place);
        place.state = State.CLAIMED;
        claimed++;
        return true;
    }

    /** Ends the reservation of a stream's name: the stream has its publisher, or another one was faster. */
    public synchronized void published(Place place) {
        comingPublishers.remove(place.request.name(), place);
    }

    /**
     * Counts a connection separately: its publisher has disconnected, and its data is still to be delivered. No
     * effect if it is already counted separately, or if too many are.
     */
    public synchronized void leave(Place place, RelayRules config) {
        int most = Math.max(LEAST_LEAVING, config.number(RelaySetting.MAX_CONNECTIONS));
        int mostOfAddress = Math.max(LEAST_LEAVING, config.number(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS));
        if (place.state == State.CLAIMED && leaving.all() < most && leaving.ofCaller(place.caller) < mostOfAddress) {
            add(taken, place, -1);
            add(leaving, place, 1);
            place.state = State.LEAVING;
        }
    }

    /** Frees the place of a channel that closed. */
    public synchronized void release(Place place) {
        if (place.state == State.CLAIMED || place.state == State.LEAVING) {
            claimed--;
            add(place.state == State.CLAIMED ? taken : leaving, place, -1);
            place.state = State.FREE;
            published(place);
        }
    }

    /** Returns the number of channels. */
    public synchronized int connected() {
        return claimed;
    }

    /** Returns the number of places taken: by channels and by callers that are not accepted yet. */
    public synchronized int taken() {
        return taken.all() + leaving.all();
    }

    private boolean isPublished(String name) {
        Place coming = comingPublishers.get(name);
        if (coming != null && coming.state == State.TAKEN && coming.failed.getAsBoolean()) {
            free(coming);
            coming = null;
        }
        return coming != null || isLive.test(name);
    }

    private @Nullable CallerLimit reached(Place place, RelayRules config) {
        CallerLimit limit = taken.reached(place.caller, place.request, config);
        return limit != null && freeFailed() ? taken.reached(place.caller, place.request, config) : limit;
    }

    /** Frees the places of callers that will never become channels; returns whether there were any. */
    private boolean freeFailed() {
        int before = taken.all();
        for (Place place : unclaimed.toArray(new Place[0])) {
            if (place.failed.getAsBoolean()) {
                free(place);
            }
        }
        return taken.all() < before;
    }

    private void freeExpired(long nowNanos) {
        Iterator<Place> oldest = unclaimed.iterator();
        while (oldest.hasNext()) {
            Place place = oldest.next();
            if (nowNanos - place.sinceNanos <= UNCLAIMED_NANOS) {
                return;
            }
            oldest.remove();
            free(place);
        }
    }

    /** Frees the place of a caller that did not become a channel. */
    private void free(Place place) {
        unclaimed.remove(place);
        add(taken, place, -1);
        place.state = State.FREE;
        published(place);
        notAccepted.accept(place.request.name());
    }

    private static void add(PlaceCounts counts, Place place, int count) {
        counts.add(place.caller, place.request, count);
    }
}
