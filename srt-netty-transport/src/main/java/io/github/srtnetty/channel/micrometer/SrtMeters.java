// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.micrometer;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One meter for each {@link SrtStatistic} of a connection, named like {@code srt.pkt.recv.total} and tagged with the peer's
 * address ({@code remote}), the stream id ({@code stream.id}) and the {@linkplain io.netty.channel.ChannelId#asShortText channel's
 * id} ({@code channel}), as two connections may agree in the others. Totals are counters, all others gauges. The meters leave the
 * registry when the channel closes.
 */
public final class SrtMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    private SrtMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the meters of a connected channel, for example in {@code channelActive}. */
    public static SrtMeters bind(SrtChannel channel, MeterRegistry registry) {
        SrtMeters meters = new SrtMeters(registry);
        String streamId = channel.config().get(SrtOptions.SRTO_STREAMID);
        Tags tags = Tags.of(
                "remote", SrtUri.hostAndPort(channel.remoteAddress()),
                "stream.id", streamId == null ? "" : streamId,
                "channel", channel.id().asShortText());
        for (SrtStatistic statistic : SrtStatistic.values()) {
            meters.add(channel, statistic, tags);
        }
        channel.closeFuture().addListener(future -> meters.close());
        return meters;
    }

    /** Returns the name of a statistic's meter. */
    public static String nameOf(SrtStatistic statistic) {
        return "srt." + statistic.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Takes the meters out of the registry. */
    @Override
    public synchronized void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }

    private synchronized void add(SrtChannel channel, SrtStatistic statistic, Tags tags) {
        String name = nameOf(statistic);
        meters.add(
                statistic.kind() == SrtStatistic.Kind.TOTAL
                        ? FunctionCounter.builder(name, channel, c -> valueOf(c, statistic))
                                .tags(tags)
                                .baseUnit(statistic.unit())
                                .register(registry)
                        : Gauge.builder(name, channel, c -> valueOf(c, statistic))
                                .tags(tags)
                                .baseUnit(statistic.unit())
                                .register(registry));
    }

    private static double valueOf(SrtChannel channel, SrtStatistic statistic) {
        SrtStatistics sample = channel.statistics();
        return sample == null ? 0 : sample.asDouble(statistic);
    }
}
