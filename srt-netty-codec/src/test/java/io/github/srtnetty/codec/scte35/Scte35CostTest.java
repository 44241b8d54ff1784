// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.json.ThreefiveJson;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What hostile cues and tables make the handlers keep and do is limited. */
class Scte35CostTest {
    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(1_000_000)).build();

    private final List<Object> userEvents = new ArrayList<>();

    private EmbeddedChannel channel(Scte35Handler handler) {
        return new EmbeddedChannel(new TsPacketDecoder(), handler, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                userEvents.add(event);
            }
        });
    }

    @Test
    void searchesAsManySplicePidsAsAskedFor_andReportsThatThereAreMore() {
        Scte35Handler handler = new Scte35Handler(Scte35Options.DEFAULT.withMaxSplicePids(3));
        EmbeddedChannel channel = channel(handler);
        Pmt.Stream[] splices = IntStream.range(0, 5)
                .mapToObj(i -> new Pmt.Stream(StreamType.SCTE35, Streams.SPLICE_PID + i, List.of()))
                .toArray(Pmt.Stream[]::new);
        Streams stream =
                new Streams().tables(Streams.table(0, List.of(), splices)).nulls(4);

        channel.writeInbound(Unpooled.copiedBuffer(stream.toArray()));
        Streams.drain(channel);

        assertThat(handler.splicePids()).containsExactly(500, 501, 502);
        assertThat(userEvents)
                .singleElement()
                .isInstanceOfSatisfying(
                        Scte35Failure.class,
                        failure -> assertThat(failure.cause().getMessage())
                                .isEqualTo("splice PIDs: expected at most 3, actual 5"));

        channel.writeInbound(Unpooled.copiedBuffer(new Streams()
                .nulls(4)
                .pmt(Streams.table(1, List.of(), splices[4]))
                .toArray()));
        Streams.drain(channel);
        assertThat(handler.splicePids()).containsExactly(504);
        channel.finish();
        assertThatThrownBy(() -> Scte35Options.DEFAULT.withMaxSplicePids(0)).hasMessageContaining("maxSplicePids: 0");
    }

    @Test
    void followsAsManyProgramsAsAskedFor() {
        byte[] stream =
                new Streams().tables(Streams.standardTable()).cue(SIGNAL).toArray();
        assertThat(Streams.cuesOf(stream, 1316, Scte35Options.DEFAULT.withMaxPrograms(1)))
                .hasSize(1);
        assertThatThrownBy(() -> new Scte35Handler(Scte35Options.DEFAULT.withMaxPrograms(0)))
                .hasMessageContaining("maxPrograms: 0");
    }

    @Test
    void keepsOpenEventsByTheBytesOfTheirCues() {
        SpliceEventTracker tracker = new SpliceEventTracker(event -> {});
        int size = 0;
        for (int id = 0; id < 256; id++) {
            SpliceInfoSection section = start(id, 200);
            size = section.bytes().length();
            tracker.accept(cue(section));
        }
        assertThat(tracker.open()).hasSize(256); // cues of some hundred bytes all have room
        assertThat(256 * size).isLessThan(256 << 10);

        for (int id = 0; id < 256; id++) {
            tracker.accept(cue(stuffed(start(1000 + id, 200))));
        }
        assertThat(tracker.open()).hasSizeBetween(1, 80).allMatch(event -> event.eventId() >= 1000);

        for (SpliceEvent event : tracker.open()) {
            tracker.accept(cue(cancelled(event.eventId())));
        }
        assertThat(tracker.open()).isEmpty();
        for (int id = 0; id < 256; id++) {
            tracker.accept(cue(start(id, 200)));
        }
        assertThat(tracker.open()).hasSize(256); // what was cancelled is no longer counted
    }

    @Test
    void keepsTheFirstWarningsOnly() {
        List<SegmentationUpid> upids =
                Collections.nCopies(70, new SegmentationUpid.Plain(UpidType.MPU.id(), Bytes.of((byte) 1)));
        SpliceInfoSection section = SpliceInfoSection.builder(TimeSignal.at(1))
                .descriptor(event(1, new SegmentationUpid.Mid(upids)))
                .build();

        assertThat(SpliceInfoSection.decode(section.bytes(), DecodeOptions.STRICT)
                        .warnings())
                .hasSize(64)
                .allMatch(warning -> warning.code() == Warning.Code.UPID_MALFORMED);
    }

    @Test
    void theJsonOfACueGrowsWithItsBytes() {
        List<SegmentationUpid> upids =
                Collections.nCopies(110, new SegmentationUpid.Plain(UpidType.USER_DEFINED.id(), Bytes.EMPTY));
        SpliceInfoBuilder builder = SpliceInfoSection.builder(TimeSignal.at(1));
        for (int i = 0; i < 15; i++) {
            builder.descriptor(event(i, new SegmentationUpid.Mid(upids)));
        }
        SpliceInfoSection section = builder.build();

        assertThat(new ThreefiveJson().toJson(section).length())
                .isLessThan(100 * section.bytes().length());
    }

    @Test
    void failsACue_whenTooManyWaitForTheirTime() {
        Scte35Injector injector = new Scte35Injector(0x1F0);
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), injector);
        List<Future<Void>> cues = new ArrayList<>();
        for (int i = 0; i <= Scte35Injector.MAX_WAITING; i++) {
            cues.add(injector.injectAt(SIGNAL, 1_000_000));
        }
        assertThat(cues.subList(0, Scte35Injector.MAX_WAITING)).noneMatch(Future::isDone);
        assertThat(cues.get(Scte35Injector.MAX_WAITING).cause()).hasMessage("1024 cues wait already");
        channel.finishAndReleaseAll();
        assertThat(cues).allMatch(cue -> cue.cause() != null);
    }

    private static SegmentationDescriptor.Event event(long id, SegmentationUpid upid) {
        int type = SegmentationType.PROGRAM_START.id();
        return new SegmentationDescriptor.Event(id, true, null, null, OptionalLong.empty(), upid, type, 0, 0, null);
    }

    private static SpliceInfoSection start(long id, int upidLength) {
        SegmentationUpid upid = new SegmentationUpid.Plain(UpidType.USER_DEFINED.id(), Bytes.of(new byte[upidLength]));
        return SpliceInfoSection.builder(TimeSignal.at(1))
                .descriptor(event(id, upid))
                .build();
    }

    private static SpliceInfoSection cancelled(long id) {
        return SpliceInfoSection.builder(TimeSignal.at(1))
                .descriptor(new SegmentationDescriptor.Cancel(id, true))
                .build();
    }

    /** Returns the section with private descriptors behind the first, almost as long as a section can be. */
    private static SpliceInfoSection stuffed(SpliceInfoSection section) {
        SpliceInfoBuilder builder = section.toBuilder();
        for (int i = 0; i < 14; i++) {
            builder.descriptor(new UnknownDescriptor(0x80, 0x41424344, Bytes.of(new byte[250])));
        }
        return builder.build();
    }

    private static Scte35Cue cue(SpliceInfoSection section) {
        return new Scte35Cue(
                section,
                Streams.SPLICE_PID,
                Streams.PROGRAM,
                true,
                0,
                Instant.EPOCH,
                OptionalLong.empty(),
                OptionalLong.empty(),
                0);
    }
}
