// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of all streams, and of the relay. One thread calls {@link #sample} each {@link #PERIOD}; any thread reads
 * what is raised. Each alarm that is raised or cleared is an event, a line in the log and a count.
 */
public final class Alarms {
    /** How often streams are sampled. */
    public static final Duration PERIOD = AlarmPolicy.DEFAULT.period();

    private static final Logger LOGGER = LoggerFactory.getLogger(Alarms.class);

    /** The key of the relay's own alarms; no stream has an empty name. */
    private static final String RELAY = "";

    private final Streams streams;
    private final RelayState state;
    private final EncryptionFailures failures;
    private final EventBus events;
    private final NodeAlarm node;
    private final Map<String, StreamAlarms> known = new HashMap<>();
    private final Map<AlarmKind, LongAdder> counts = new EnumMap<>(AlarmKind.class);
    private volatile Map<String, List<Alarm>> raised = Map.of();

    /** Watches the streams of a registry and the size of a cluster under the rules in effect. */
    public Alarms(
            Streams streams, RelayState state, EncryptionFailures failures, EventBus events, ClusterSize cluster) {
        this.streams = streams;
        this.state = state;
        this.failures = failures;
        this.events = events;
        node = new NodeAlarm(cluster);
        for (AlarmKind kind : AlarmKind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** Returns the alarms that are raised now. */
    public List<Alarm> all() {
        return raised.values().stream().flatMap(List::stream).toList();
    }

    /** Returns the alarms of one stream that are raised now. */
    public List<Alarm> of(String stream) {
        return raised.getOrDefault(stream, List.of());
    }

    /** Returns how many alarms of each kind were raised so far. */
    public Map<AlarmKind, LongAdder> counts() {
        return counts;
    }

    /** Measures all streams. One thread. */
    public void sample(long nowNanos, Instant now) {
        Set<String> names = new TreeSet<>(known.keySet());
        streams.all().forEach(stream -> names.add(stream.name()));
        names.addAll(failures.counts().keySet());
        Map<String, List<Alarm>> all = new HashMap<>();
        for (String name : names) {
            List<Alarm> own = sample(name, nowNanos, now);
            if (!own.isEmpty()) {
                all.put(name, own);
            }
        }
        StreamAlarms.Change change = node.next(relayHoldNanos(), nowNanos, now);
        if (change != null) {
            report(null, change, now);
        }
        if (!node.raised().isEmpty()) {
            all.put(RELAY, node.raised());
        }
        raised = Map.copyOf(all);
    }

    private long relayHoldNanos() {
        return TimeUnit.SECONDS.toNanos(state.rules().number(RelaySetting.ALARM_HOLD_SECONDS));
    }

    private List<Alarm> sample(String name, long nowNanos, Instant now) {
        LiveStream stream = streams.find(name);
        AlarmLimits limits = AlarmLimits.of(state.rules(), name);
        LongAdder failed = failures.counts().get(name);
        Sample sample = Sample.of(stream, limits.noDataSeconds(), failed == null ? 0 : failed.sum(), nowNanos);
        StreamAlarms alarms = known.computeIfAbsent(name, key -> new StreamAlarms(key, AlarmPolicy.DEFAULT));
        alarms.next(sample, limits, now).forEach(change -> report(name, change, now));
        if (stream == null && failed == null && alarms.isQuiet()) {
            known.remove(name);
        }
        return new ArrayList<>(alarms.raised());
    }

    private void report(@Nullable String stream, StreamAlarms.Change change, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("alarm", change.kind().toString());
        details.put("value", change.reading().value());
        details.put("limit", change.reading().limit());
        String where = stream == null ? "" : "stream=" + PeerText.printable(stream) + " ";
        if (change.raised()) {
            counts.getOrDefault(change.kind(), new LongAdder()).increment();
            events.emit(EventKind.ALARM_RAISED, stream, "clear", "raised", details);
            LOGGER.warn("{}alarm {} raised: {}", where, change.kind(), values(change.reading()));
        } else {
            double seconds = Duration.between(change.since(), now).toMillis() / 1000.0;
            details.put("seconds", seconds);
            events.emit(EventKind.ALARM_CLEARED, stream, "raised", "clear", details);
            LOGGER.info("{}alarm {} cleared after {} s", where, change.kind(), Math.round(seconds));
        }
    }

    private static String values(Reading reading) {
        return Math.round(reading.value() * 10) / 10.0 + ", the limit is " + Math.round(reading.limit());
    }
}
