// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.micrometer;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One meter for each {@link SrtStatistic} of a connection, named like {@code srt.pkt.recv.total}. Totals are counters,
 * all others are gauges. The meters are removed from the registry when the channel closes.
 *
 * <p>The application chooses the tags. The stream id is not a default tag: the caller chooses it, it may hold tokens
 * and control characters, and each new one creates a new time series. Use a name that the application has checked as a
 * tag.
 *
 * <p>A registry has one set of meters for the same tags; it shows the channel that was bound last. Any thread.
 */
public final class SrtMeters implements AutoCloseable {
    /** The sets of meters that are registered; guarded by itself. */
    private static final Map<MeterRegistry, Map<Tags, Slot>> SLOTS = new WeakHashMap<>();

    private final SrtChannel channel;
    private final MeterRegistry registry;
    private final Tags tags;

    private SrtMeters(SrtChannel channel, MeterRegistry registry, Tags tags) {
        this.channel = channel;
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * Registers the meters of a connected channel, for example in {@code channelActive}, with the tags {@code remote}
     * (the peer's address and port) and {@code channel} (the
     * {@linkplain io.netty.channel.ChannelId#asShortText channel's id}).
     */
    public static SrtMeters bind(SrtChannel channel, MeterRegistry registry) {
        return bind(
                channel,
                registry,
                Tags.of(
                        "remote", PeerText.hostAndPort(channel.remoteAddress()),
                        "channel", channel.id().asShortText()));
    }

    /**
     * Registers the meters of a connected channel with these tags only.
     *
     * @param tags tags that no other connection has at the same time, without text that a peer chose
     */
    public static SrtMeters bind(SrtChannel channel, MeterRegistry registry, Iterable<Tag> tags) {
        SrtMeters meters = new SrtMeters(channel, registry, Tags.of(tags));
        synchronized (SLOTS) {
            SLOTS.computeIfAbsent(registry, r -> new HashMap<>())
                    .computeIfAbsent(meters.tags, t -> new Slot(registry, t))
                    .channel = channel;
        }
        channel.closeFuture().addListener(future -> meters.close());
        return meters;
    }

    /** Returns the name of a statistic's meter, for example {@code srt.pkt.recv.total}. */
    public static String nameOf(SrtStatistic statistic) {
        return "srt." + statistic.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Removes the meters from the registry, unless they show another channel by now. */
    @Override
    public void close() {
        synchronized (SLOTS) {
            Map<Tags, Slot> slots = SLOTS.getOrDefault(registry, Map.of());
            Slot slot = slots.get(tags);
            if (slot != null && slot.channel == channel) {
                slot.meters.forEach(registry::remove);
                slots.remove(tags);
            }
        }
    }

    /** The meters of the same tags in a registry, and the channel that they show. */
    private static final class Slot {
        final List<Meter> meters = new ArrayList<>();
        volatile @Nullable SrtChannel channel;

        Slot(MeterRegistry registry, Tags tags) {
            for (SrtStatistic statistic : SrtStatistic.values()) {
                meters.add(register(registry, statistic, tags));
            }
        }

        private Meter register(MeterRegistry registry, SrtStatistic statistic, Tags tags) {
            String name = nameOf(statistic);
            return statistic.kind() == SrtStatistic.Kind.TOTAL
                    ? FunctionCounter.builder(name, this, slot -> slot.valueOf(statistic))
                            .tags(tags)
                            .baseUnit(statistic.unit())
                            .register(registry)
                    : Gauge.builder(name, this, slot -> slot.valueOf(statistic))
                            .tags(tags)
                            .baseUnit(statistic.unit())
                            .register(registry);
        }

        private double valueOf(SrtStatistic statistic) {
            SrtChannel shown = channel;
            SrtStatistics sample = shown == null ? null : shown.statistics();
            return sample == null ? 0 : sample.asDouble(statistic);
        }
    }
}
