// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.history.Histories;
import io.github.srtnetty.relay.history.HistoryRange;
import io.github.srtnetty.relay.history.Quantity;
import io.github.srtnetty.relay.http.HttpStream;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The data of the page: samples, history and live events. {@link #sample} and {@link #refresh} run on the HTTP event
 * loop; any thread calls the rest.
 */
public final class Dashboard {
    /** The interval at which all streams are measured and every page gets an event. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    /** The interval at which pages get an event if a stream started, ended or changed its state. */
    public static final Duration REFRESH = Duration.ofMillis(250);

    /** The curve that the page draws beside the bit rate. */
    private static final int SPARKLINE_SECONDS = 60;

    /** All streams; no stream has an empty name. */
    private static final String ALL = "";

    private static final int MIB_SHIFT = 20;

    private final RelayState state;
    private final Histories histories;
    private final Sampler sampler;
    private final StreamDetail detail;
    private final LiveFeed feed = new LiveFeed();
    private ApiRules rules;

    /**
     * Creates the memory of a page, without samples.
     *
     * @param rate returns the bits that a stream received in the last second
     * @param alarms returns the alarms of a stream that are raised
     * @param notes returns the last events of a stream
     * @param more writes further fields beside the streams
     */
    public Dashboard(
            Streams streams,
            RelayState state,
            ToLongFunction<LiveStream> rate,
            Function<String, List<String>> alarms,
            Function<String, List<StreamNote>> notes,
            Json.Fields more) {
        this.state = state;
        rules = state.rules().api();
        histories = new Histories(() -> (long) state.rules().number(RelaySetting.HISTORY_MEBIBYTES) << MIB_SHIFT);
        sampler = new Sampler(streams, state, histories, rate, alarms, more);
        detail = new StreamDetail(streams, histories, sampler, notes);
    }

    /** Measures all streams and sends them to the pages; to be called every {@link #PERIOD}. */
    public void sample() {
        if (!rules.equals(state.rules().api())) { // a token may be gone
            rules = state.rules().api();
            feed.closeAll();
        }
        sampler.sample(Instant.now(), System.nanoTime());
        feed.send(this::event);
    }

    /** Sends changes to open pages; to be called every {@link #REFRESH}. */
    public void refresh() {
        if (!feed.isEmpty() && sampler.refresh(Instant.now())) {
            feed.send(this::event);
        }
    }

    /** Returns all streams as of the last event. */
    public byte[] streams() {
        return sampler.snapshot().json();
    }

    /** Returns one stream with its players and events. */
    public byte[] stream(String name) {
        return detail.json(name);
    }

    /** Returns whether one more page may get events. */
    public boolean hasRoom() {
        return feed.hasRoom();
    }

    /**
     * Returns what begins to send events.
     *
     * @param stream a name, null for all streams
     */
    public Consumer<HttpStream> events(@Nullable String stream) {
        return page -> feed.add(stream == null ? ALL : stream, page, this::event);
    }

    /** Returns the bit rates of the last minute, by the name of the stream. */
    public byte[] sparklines() {
        long end = sampler.second();
        return Json.object(json -> {
            json.writeNumberField("second", end);
            json.writeObjectFieldStart("receivedBitsPerSecond");
            for (Histories.Entry entry : histories.running()) {
                json.writeArrayFieldStart(entry.name());
                for (float value : entry.samples().lastSeconds(Quantity.BITS_PER_SECOND, SPARKLINE_SECONDS, end)) {
                    HistoryJson.number(value, json);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    /** Returns the samples of a stream as JSON, null where nothing is remembered of it. */
    public byte @Nullable [] history(String name, HistoryRange range) {
        Histories.Entry entry = histories.find(name);
        return entry == null
                ? null
                : HistoryJson.json(name, range, entry.samples().series(range, sampler.second()));
    }

    /** Returns the samples of a stream as CSV, null where nothing is remembered of it. */
    public byte @Nullable [] csv(String name, HistoryRange range) {
        Histories.Entry entry = histories.find(name);
        return entry == null ? null : HistoryJson.csv(entry.samples().series(range, sampler.second()));
    }

    /** Resets the counters of a stream; returns when, null if the stream is unknown. */
    public @Nullable Instant reset(String name) {
        Histories.Entry entry = histories.find(name);
        if (entry == null) {
            return null;
        }
        Instant now = Instant.now();
        entry.counters().reset(now);
        return now;
    }

    private byte[] event(String topic) {
        return topic.equals(ALL)
                ? LiveFeed.event("streams", sampler.snapshot().json())
                : LiveFeed.event("stream", detail.json(topic));
    }
}
