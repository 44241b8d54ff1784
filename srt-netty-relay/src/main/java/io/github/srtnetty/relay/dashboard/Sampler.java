// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.history.Histories;
import io.github.srtnetty.relay.history.StreamCounters;
import io.github.srtnetty.relay.history.Total;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.StreamState;
import io.github.srtnetty.relay.stream.Streams;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures all streams once a second, and checks in between which have started, ended or changed their state. One
 * thread samples; any thread reads the {@link #snapshot}.
 */
final class Sampler {
    /** Timers are not exact: a sample that is a little early or late is that of the next second. */
    private static final double TOLERANCE_SECONDS = 1.5;

    private final Streams streams;
    private final RelayState state;
    private final Histories histories;
    private final ToLongFunction<LiveStream> rate;
    private final Function<String, List<String>> alarms;
    private final Json.Fields more;
    private volatile Snapshot snapshot = Snapshot.EMPTY;
    private volatile long second;
    private long lastNanos;

    /**
     * Creates a sampler that has seen nothing.
     *
     * @param rate returns the bits that a stream received in the last second
     * @param alarms returns the alarms of a stream that are raised
     * @param more writes further fields of each snapshot
     */
    Sampler(
            Streams streams,
            RelayState state,
            Histories histories,
            ToLongFunction<LiveStream> rate,
            Function<String, List<String>> alarms,
            Json.Fields more) {
        this.streams = streams;
        this.state = state;
        this.histories = histories;
        this.rate = rate;
        this.alarms = alarms;
        this.more = more;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Returns the second of the last sample, since 1970. */
    long second() {
        return second;
    }

    /** Measures all streams; to be called once a second. */
    void sample(Instant now, long nowNanos) {
        double seconds = second == 0 ? 1 : Math.max(0.1, (nowNanos - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1));
        lastNanos = nowNanos;
        second = nextSecond(now);
        Map<String, StreamRow> rows = new TreeMap<>();
        for (LiveStream stream : streams.all()) {
            Histories.Entry entry = histories.running(stream.name());
            StreamSource source = stream.source();
            SrtStatistics statistics =
                    source == null ? null : source.connection().statistics();
            long bits = rate.applyAsLong(stream);
            SecondSample sample = new SecondSample(entry.counters(), seconds);
            sample.stream(stream, bits);
            if (source != null && statistics != null) {
                sample.connection(source.connection().id(), statistics);
            }
            entry.samples().add(second, sample.values());
            rows.put(stream.name(), row(stream, source, entry, bits, link(statistics)));
        }
        finish(rows, now);
        histories.trim(now);
    }

    /** Checks which streams have started, ended or changed; returns whether anything is new. */
    boolean refresh(Instant now) {
        Map<String, StreamRow> before = snapshot.rows();
        Map<String, StreamRow> rows = new TreeMap<>();
        boolean changed = false;
        for (LiveStream stream : streams.all()) {
            StreamRow old = before.get(stream.name());
            StreamSource source = stream.source();
            StreamRow row = row(
                    stream,
                    source,
                    histories.running(stream.name()),
                    old == null ? 0 : old.bitsPerSecond(),
                    old == null ? null : old.link());
            changed |= old == null || !old.isLike(row);
            rows.put(stream.name(), row);
        }
        changed |= before.values().stream().anyMatch(row -> row.endedAt() == null && !rows.containsKey(row.name()));
        if (changed) {
            finish(rows, now);
        }
        return changed;
    }

    private void finish(Map<String, StreamRow> rows, Instant now) {
        for (Histories.Entry entry : histories.running()) {
            if (!rows.containsKey(entry.name())) {
                histories.ended(entry, now);
            }
        }
        for (Histories.Entry entry : histories.ended()) {
            rows.put(entry.name(), ended(entry));
        }
        snapshot = new Snapshot(now, state.isDraining(), rows, more);
    }

    private long nextSecond(Instant now) {
        double exact = now.toEpochMilli() / 1000.0;
        long next = second + 1;
        return Math.abs(exact - next) <= TOLERANCE_SECONDS ? next : Math.max(next, now.getEpochSecond());
    }

    private StreamRow row(
            LiveStream stream,
            @Nullable StreamSource source,
            Histories.Entry entry,
            long bits,
            StreamRow.@Nullable LinkCell link) {
        StreamRow.PublisherCell publisher = source == null
                ? null
                : new StreamRow.PublisherCell(
                        source.connection().id(),
                        source.connection().peer(),
                        source.connection().label(),
                        source.connection().since(),
                        source.connection().node());
        return new StreamRow(
                stream.name(),
                StreamState.of(stream).toString(),
                publisher,
                bits,
                source == null ? null : link,
                counts(entry.counters()),
                stream.players(),
                null,
                alarms.apply(stream.name()));
    }

    private StreamRow ended(Histories.Entry entry) {
        return new StreamRow(
                entry.name(),
                StreamRow.ENDED,
                null,
                0,
                null,
                counts(entry.counters()),
                0,
                entry.endedAt(),
                alarms.apply(entry.name()));
    }

    private static StreamRow.@Nullable LinkCell link(@Nullable SrtStatistics statistics) {
        return statistics == null
                ? null
                : new StreamRow.LinkCell(
                        statistics.rttMillis(),
                        Math.round(statistics.asDouble(SrtStatistic.MBPS_BANDWIDTH) * 1e6),
                        (int) statistics.asLong(SrtStatistic.MS_RCV_BUF),
                        (int) statistics.asLong(SrtStatistic.MS_RCV_TSB_PD_DELAY));
    }

    private static StreamRow.CountCell counts(StreamCounters counters) {
        return new StreamRow.CountCell(
                counters.lossPercent(),
                counters.retransmittedPercent(),
                counters.get(Total.LOST),
                counters.get(Total.RETRANSMITTED),
                counters.get(Total.BELATED),
                counters.get(Total.DROPPED),
                counters.get(Total.PLAYERS_DROPPED),
                counters.resetAt());
    }
}
