// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.RtpDecoder;
import io.github.srtnetty.codec.mpegts.Tr101290Analyzer;
import io.github.srtnetty.codec.mpegts.Tr101290Counters;
import io.github.srtnetty.codec.mpegts.Tr101290Limits;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPacketFormat;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.github.srtnetty.codec.mpegts.TsStatistics;
import io.github.srtnetty.codec.mpegts.TsStatisticsHandler;
import io.github.srtnetty.codec.scte35.CueRuleLimits;
import io.github.srtnetty.codec.scte35.CueRules;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.codec.scte35.Scte35Options;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/** The handlers of the pipeline that a stream goes through, and what they have counted. */
final class TsHandlers {
    private final RtpDecoder rtp;
    private final TsPacketDecoder packets = TsPacketDecoder.analyzing();
    private final Tr101290Analyzer analyzer;
    private final TsStatisticsHandler statistics = new TsStatisticsHandler();
    private final ServiceNames names = new ServiceNames();
    private final Scte35Handler cues = new Scte35Handler(Scte35Options.DEFAULT.withEventTracking(true));

    TsHandlers(RtpDecoder rtp, Tr101290Limits limits, LongSupplier nanoTime) {
        this.rtp = rtp;
        analyzer = new Tr101290Analyzer(limits, nanoTime);
    }

    /** Returns the handlers in their order. */
    List<ChannelHandler> inOrder() {
        CueRules rules = new CueRules(cues, () -> elapsed().toNanos(), CueRuleLimits.DEFAULT);
        return List.of(rtp, packets, analyzer, statistics, names, cues, rules);
    }

    Tr101290Counters counters() {
        return analyzer.counters();
    }

    Duration elapsed() {
        return analyzer.elapsed();
    }

    TsStatistics statistics() {
        return statistics.statistics();
    }

    boolean hasPat() {
        return cues.tables().pat() != null;
    }

    Collection<TsProgram> programs() {
        return cues.tables().programs();
    }

    ServiceNames names() {
        return names;
    }

    TsPacketFormat format() {
        return packets.format();
    }

    long rtpPackets() {
        return rtp.packets();
    }

    long skippedBytes() {
        return packets.skippedBytes();
    }
}
