// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static io.github.srtnetty.codec.scte35.CueRuleEvent.Rule.NO_AUTO_RETURN;
import static io.github.srtnetty.codec.scte35.CueRuleEvent.Rule.NO_HEARTBEAT;
import static io.github.srtnetty.codec.scte35.CueRuleEvent.Rule.OUT_WITHOUT_IN;
import static io.github.srtnetty.codec.scte35.CueRuleEvent.Rule.SHORT_PRE_ROLL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each rule for cues, and its near miss. Times are seconds of the stream. */
class CueRulesTest {
    private static final long SECOND = 90_000;

    private final List<CueRuleEvent> events = new ArrayList<>();
    private final Streams stream = new Streams();
    private final Scte35Handler handler = new Scte35Handler(Scte35Options.DEFAULT.withEventTracking(true));
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new TsPacketDecoder(),
            handler,
            new CueRules(handler, () -> TimeUnit.MILLISECONDS.toNanos(millis()), CueRuleLimits.DEFAULT),
            new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object msg) {
                    ReferenceCountUtil.release(msg);
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    if (event instanceof CueRuleEvent found) {
                        events.add(found);
                    }
                }
            });
    private long millis;
    private int sent;

    private long millis() {
        return millis;
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void reportsASplicePid_thatIsSilentFor10Minutes_once() {
        start().at(1).cue(SpliceNull.INSTANCE).at(601).sends();
        assertThat(events).isEmpty();

        at(602).at(700).sends();
        assertThat(rules()).containsExactly(NO_HEARTBEAT);
        assertThat(events.get(0).pid()).isEqualTo(Streams.SPLICE_PID);
        assertThat(events.get(0).programNumber()).isEqualTo(Streams.PROGRAM);

        cue(SpliceNull.INSTANCE).at(1400).sends();
        assertThat(rules()).containsExactly(NO_HEARTBEAT, NO_HEARTBEAT);
    }

    @Test
    void reportsASplicePid_thatNeverHadACue() {
        start().sends().at(599).sends();
        assertThat(events).isEmpty();

        at(602).sends();
        assertThat(rules()).containsExactly(NO_HEARTBEAT);
    }

    @Test
    void reportsAPreRollBelow4Seconds_ofTheFirstAnnouncementOnly() {
        start().at(10)
                .cue(SpliceInsert.builder(1).at(14 * SECOND).duration(SECOND).build());
        at(12).cue(SpliceInsert.builder(1).at(14 * SECOND).duration(SECOND).build());
        assertThat(events).isEmpty();

        cue(SpliceInsert.builder(2).at(16 * SECOND - 90).duration(SECOND).build());
        assertThat(rules()).containsExactly(SHORT_PRE_ROLL);
        assertThat(events.get(0).eventId()).isEqualTo(2);
        assertThat(events.get(0).detail()).contains("3999 ms");

        cue(SpliceInsert.builder(3).duration(SECOND).build()); // at once, so that there is no time ahead
        assertThat(rules()).containsExactly(SHORT_PRE_ROLL);
    }

    @Test
    void reportsABreak_thatNoCueEnds() {
        start().at(10)
                .cue(SpliceInsert.builder(1)
                        .at(15 * SECOND)
                        .duration(30 * SECOND)
                        .build());
        at(49).sends();
        assertThat(events).isEmpty();

        at(52).at(80).sends();
        assertThat(rules()).containsExactly(OUT_WITHOUT_IN);
        assertThat(events.get(0).eventId()).isEqualTo(1);
    }

    @Test
    void reportsNoBreak_thatACueEnds_orWhoseDurationIsChanged() {
        start().at(10)
                .cue(SpliceInsert.builder(1)
                        .at(15 * SECOND)
                        .duration(30 * SECOND)
                        .build());
        cue(SpliceInsert.builder(2).at(15 * SECOND).duration(30 * SECOND).build());
        at(40).cue(SpliceInsert.builder(1).returnToNetwork().at(45 * SECOND).build());
        cue(SpliceInsert.builder(2).at(15 * SECOND).duration(60 * SECOND).build());
        at(70).cue(SpliceInsert.builder(2).returnToNetwork().at(75 * SECOND).build());
        at(300).sends();

        assertThat(events).isEmpty();
    }

    @Test
    void reportsABreakWithoutADuration_after15Minutes() {
        start().at(10).cue(SpliceInsert.builder(1).at(15 * SECOND).build());
        for (int second = 100; second < 915; second += 100) {
            at(second).cue(SpliceNull.INSTANCE);
        }
        assertThat(events).isEmpty();

        at(917).sends();
        assertThat(rules()).containsExactly(OUT_WITHOUT_IN);
    }

    @Test
    void reportsAnAutoReturn_whoseTimeThePtsDoesNotReach() {
        start().at(10)
                .cue(SpliceInsert.builder(1)
                        .at(15 * SECOND)
                        .autoReturnAfter(30 * SECOND)
                        .build());
        at(46).sends();
        millis = 200_000; // the PTS has stopped
        stream.nulls(7);
        sends();
        assertThat(events).isEmpty(); // it had come

        cue(SpliceInsert.builder(2).at(55 * SECOND).autoReturnAfter(30 * SECOND).build());
        millis = 260_000;
        stream.nulls(7);
        sends();
        assertThat(rules()).containsExactly(NO_AUTO_RETURN);
    }

    private CueRulesTest start() {
        stream.tables(Streams.standardTable()).nulls(7);
        return at(0);
    }

    private CueRulesTest at(int second) {
        millis = second * 1000L;
        stream.video(second * SECOND);
        return this;
    }

    private CueRulesTest cue(SpliceCommand command) {
        sends();
        stream.cue(SpliceInfoSection.builder(command).build()).nulls(5);
        return sends();
    }

    private CueRulesTest sends() {
        byte[] all = stream.toArray();
        channel.writeInbound(Unpooled.copiedBuffer(all, sent, all.length - sent));
        sent = all.length;
        return this;
    }

    private List<CueRuleEvent.Rule> rules() {
        return events.stream().map(CueRuleEvent::rule).toList();
    }
}
