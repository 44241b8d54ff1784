// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static io.github.srtnetty.codec.scte35.Streams.SPLICE_PID;
import static io.github.srtnetty.codec.scte35.Streams.splice;
import static io.github.srtnetty.codec.scte35.Streams.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.github.srtnetty.codec.scte35.json.ThreefiveJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Scte35HandlerTest {
    private static final Map<String, List<String>> EXPECTED = Samples.streams();
    private static final RegistrationDescriptor CUEI = new RegistrationDescriptor(RegistrationDescriptor.CUEI);

    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(1_000_000)).build();
    private static final SpliceInfoSection OUT = insert(7, true, 1_000_000L, new BreakDuration(true, 900_000));
    private static final SpliceInfoSection IN = insert(7, false, 1_900_000L, null);

    private static SpliceInfoSection insert(long id, boolean out, long pts, BreakDuration duration) {
        SpliceInsert.Target target = new SpliceInsert.Program(SpliceTime.at(pts));
        return SpliceInfoSection.builder(new SpliceInsert.Event(id, out, true, target, duration, 1, 0, 0))
                .build();
    }

    static List<String> streams() {
        return List.copyOf(EXPECTED.keySet());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("streams")
    void yieldsExactlyTheCuesOfTheStream_inAnyChunking(String name) {
        byte[] stream = Samples.stream(name);
        for (int chunk : new int[] {1316, 188, 1000, 65_536, 4099}) {
            List<Scte35Cue> cues = Streams.cuesOf(stream, chunk, Scte35Options.DEFAULT);
            assertThat(cues.stream().map(cue -> cue.section().toBase64()).toList())
                    .as("chunks of %d", chunk)
                    .isEqualTo(EXPECTED.get(name));
        }
    }

    @Test
    void findsNoCueWhereThereIsNone() {
        assertThat(Streams.cuesOf(Samples.stream("base.ts"))).isEmpty();
    }

    @Test
    void saysWhereAndWhenACueWasFound() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        byte[] stream = new Streams()
                .tables(Streams.standardTable())
                .video(900_000)
                .cue(SIGNAL)
                .video(903_600)
                .toArray();
        List<Scte35Cue> cues =
                Streams.cuesOf(stream, 1316, Scte35Options.DEFAULT.withClock(Clock.fixed(now, ZoneOffset.UTC)));
        assertThat(cues)
                .containsExactly(new Scte35Cue(
                        SIGNAL,
                        SPLICE_PID,
                        Streams.PROGRAM,
                        true,
                        3,
                        now,
                        OptionalLong.of(900_000),
                        OptionalLong.of(270_000_000),
                        0));
        assertThat(cues.get(0).preRollMillis()).hasValue(1111);
        assertThat(new ThreefiveJson().toJson(cues.get(0)))
                .endsWith("\"packet_data\":{\"pid\":\"0x1f4\",\"program\":1,\"pcr\":10.0,\"pts\":10.0}}");
    }

    @Test
    void passesThePacketsOnUnchanged() {
        byte[] stream = Samples.stream("scte35.ts");
        EmbeddedChannel channel = Streams.channel(Scte35Options.DEFAULT);
        channel.writeInbound(Unpooled.copiedBuffer(stream));
        channel.finish();
        assertThat(Streams.drainPackets(channel)).isEqualTo(stream);
    }

    @Test
    void flagsCuesWithoutRegistration_andLeavesThemOutByOption() {
        byte[] stream = new Streams()
                .tables(table(0, List.of(), splice(StreamType.SCTE35)))
                .cue(SIGNAL)
                .toArray();
        assertThat(Streams.cuesOf(stream)).singleElement().matches(cue -> !cue.registered());
        assertThat(Streams.cuesOf(stream, 1316, Scte35Options.DEFAULT.withUnregistered(false)))
                .isEmpty();
    }

    @Test
    void takesNoCuesFromHdmvStreams_norFromStreamsThatSayTheyAreSomethingElse() {
        int dts = 0x44545332;
        byte[] hdmv = new Streams()
                .tables(table(0, List.of(RegistrationDescriptor.HDMV), splice(StreamType.SCTE35)))
                .cue(SIGNAL)
                .toArray();
        byte[] sound = new Streams()
                .tables(table(0, List.of(), splice(StreamType.SCTE35, new RegistrationDescriptor(dts))))
                .cue(SIGNAL)
                .toArray();
        assertThat(Streams.cuesOf(hdmv)).isEmpty();
        assertThat(Streams.cuesOf(sound)).isEmpty();
    }

    @Test
    void takesCuesFromType06WithCuei() {
        byte[] stream = new Streams()
                .tables(table(0, List.of(), splice(StreamType.PRIVATE_PES, CUEI)))
                .cue(SIGNAL)
                .toArray();
        assertThat(Streams.cuesOf(stream)).hasSize(1);
        assertThat(Streams.cuesOf(
                        stream, 1316, Scte35Options.DEFAULT.withPrivateStreams(Scte35Options.PrivateStreams.NONE)))
                .isEmpty();
    }

    @Test
    void takesCuesFromPesPackets_byOption() {
        SpliceInfoSection big =
                SpliceInfoSection.decode(Samples.cue("syn-big-1k").bytes(), DecodeOptions.STRICT);
        Streams stream = new Streams().tables(table(0, List.of(), splice(StreamType.PRIVATE_PES)));
        int counter = 0;
        for (SpliceInfoSection section : List.of(SIGNAL, big, OUT)) {
            counter = writePes(stream, section.bytes().toArray(), counter);
        }
        Scte35Options all = Scte35Options.DEFAULT.withPrivateStreams(Scte35Options.PrivateStreams.ALL);
        assertThat(Streams.cuesOf(stream.toArray(), 1316, all))
                .extracting(Scte35Cue::section)
                .containsExactly(SIGNAL, big, OUT);
        assertThat(Streams.cuesOf(stream.toArray())).isEmpty();
    }

    /** Writes a PES packet as ffmpeg does when it copies SCTE-35; every packet twice, which changes nothing. */
    private static int writePes(Streams stream, byte[] section, int firstCounter) {
        byte[] header = Bytes.fromHex("000001BD0000808005210007FF01").toArray();
        byte[] pes = new byte[header.length + section.length];
        System.arraycopy(header, 0, pes, 0, header.length);
        System.arraycopy(section, 0, pes, header.length, section.length);
        int counter = firstCounter;
        for (int from = 0; from < pes.length; from += 184) {
            TsPacketBuilder packet = new TsPacketBuilder()
                    .pid(SPLICE_PID)
                    .payloadUnitStartIndicator(from == 0)
                    .continuityCounter(counter++)
                    .payload(Bytes.copyOf(pes, from, Math.min(184, pes.length - from))
                            .toArray());
            stream.packet(packet).packet(packet);
        }
        return counter;
    }

    @Test
    void saysWhichProgramACueIsOf() {
        ByteBuf bytes = Unpooled.buffer();
        new SectionPacketizer(Pat.PID)
                .write(
                        new Pat(1, 0, List.of(new Pat.Program(11, 0x111), new Pat.Program(22, 0x222)))
                                .encode()
                                .get(0),
                        bytes);
        for (int program : new int[] {11, 22}) {
            Pmt.Stream splice = new Pmt.Stream(StreamType.SCTE35, 500 + program, List.of(CUEI));
            Pmt table = new Pmt(program, 0, TsPacket.NULL_PID, List.of(), List.of(splice));
            new SectionPacketizer(program == 11 ? 0x111 : 0x222).write(table.encode(), bytes);
        }
        new SectionPacketizer(522).write(SIGNAL.bytes().toArray(), bytes);
        new SectionPacketizer(511).write(OUT.bytes().toArray(), bytes);
        assertThat(Streams.cuesOf(Bytes.copyOf(bytes).toArray()))
                .extracting(Scte35Cue::programNumber, Scte35Cue::pid, Scte35Cue::section)
                .containsExactly(tuple(22, 522, SIGNAL), tuple(11, 511, OUT));
    }

    @Test
    void followsChangesOfThePmt() {
        byte[] stream = new Streams()
                .tables(table(0, List.of()))
                .cue(SIGNAL)
                .pmt(table(1, List.of(RegistrationDescriptor.CUEI), splice(StreamType.SCTE35)))
                .cue(OUT)
                .pmt(table(2, List.of()))
                .cue(IN)
                .toArray();
        assertThat(Streams.cuesOf(stream)).extracting(Scte35Cue::section).containsExactly(OUT);
    }

    @Test
    void reportsWhatIsNoCue_andGoesOn() {
        byte[] broken = SIGNAL.bytes().toArray();
        broken[15] ^= 1;
        List<Object> userEvents = new ArrayList<>();
        EmbeddedChannel channel = Streams.channel(Scte35Options.DEFAULT);
        channel.pipeline().addLast(collector(userEvents));
        channel.writeInbound(Unpooled.copiedBuffer(new Streams()
                .tables(Streams.standardTable())
                .section(Bytes.of(broken))
                .cue(SIGNAL)
                .toArray()));
        channel.finish();
        assertThat(Streams.drain(channel)).hasSize(1);
        assertThat(userEvents).singleElement().isInstanceOfSatisfying(Scte35Failure.class, failure -> {
            assertThat(failure.pid()).isEqualTo(SPLICE_PID);
            assertThat(failure.cause().field()).isEqualTo("CRC_32");
            assertThat(failure.section()).isEqualTo(Bytes.of(broken));
        });
    }

    @Test
    void deliversBadCrcs_whenAskedTo() {
        byte[] broken = SIGNAL.bytes().toArray();
        broken[15] ^= 1;
        byte[] stream = new Streams()
                .tables(Streams.standardTable())
                .section(Bytes.of(broken))
                .toArray();
        Scte35Options options = Scte35Options.DEFAULT.withDecodeOptions(DecodeOptions.STRICT.withBadCrc());
        assertThat(Streams.cuesOf(stream, 1316, options))
                .singleElement()
                .matches(cue -> cue.section().has(Warning.Code.CRC_MISMATCH));
    }

    @Test
    void leavesRepetitionsOut_withinTheWindow_butNeverHeartbeats() {
        SpliceInfoSection heartbeat =
                SpliceInfoSection.builder(SpliceNull.INSTANCE).build();
        byte[] stream = new Streams()
                .tables(Streams.standardTable())
                .video(0)
                .cue(OUT)
                .cue(heartbeat)
                .video(90_000)
                .cue(OUT)
                .cue(heartbeat)
                .video(90_000 * 12)
                .cue(OUT)
                .toArray();
        assertThat(Streams.cuesOf(stream, 1316, Scte35Options.DEFAULT.withDeduplication(Duration.ofSeconds(10))))
                .extracting(Scte35Cue::section)
                .containsExactly(OUT, heartbeat, heartbeat, OUT);
        assertThat(Streams.cuesOf(stream)).extracting(Scte35Cue::repetition).containsExactly(0L, 0L, 1L, 0L, 2L);
    }

    @Test
    void tracksBreaksAndSegments() {
        SpliceInfoSection start = segment(SegmentationType.PROVIDER_ADVERTISEMENT_START);
        SpliceInfoSection end = segment(SegmentationType.PROVIDER_ADVERTISEMENT_END);
        List<Object> userEvents = new ArrayList<>();
        EmbeddedChannel channel = Streams.channel(Scte35Options.DEFAULT.withEventTracking(true));
        channel.pipeline().addLast(collector(userEvents));
        channel.writeInbound(Unpooled.copiedBuffer(new Streams()
                .tables(Streams.standardTable())
                .video(900_000)
                .cue(OUT)
                .cue(OUT)
                .cue(start)
                .cue(end)
                .video(1_899_999)
                .video(1_900_000)
                .cue(IN)
                .cue(insert(8, true, 2_000_000, null))
                .cue(SpliceInfoSection.builder(new SpliceInsert.Cancel(8)).build())
                .cue(insert(9, true, 2_000_000, null))
                .toArray()));
        assertThat(userEvents)
                .extracting(event -> ((SpliceEvent) event).kind() + " " + ((SpliceEvent) event).eventId())
                .containsExactly(
                        "OPENED 7", "OPENED 55", "CLOSED 55", "AUTO_RETURNED 7", "OPENED 8", "CANCELLED 8", "OPENED 9");
        Scte35Handler handler = channel.pipeline().get(Scte35Handler.class);
        assertThat(handler.openEvents()).extracting(SpliceEvent::eventId).containsExactly(9L);
        assertThat(handler.splicePids()).containsExactly(SPLICE_PID);
        channel.finish();
        Streams.drain(channel);
    }

    private static SpliceInfoSection segment(SegmentationType type) {
        return SpliceInfoSection.builder(TimeSignal.at(1_000_000))
                .descriptor(SegmentationDescriptor.Event.builder(55, type).build())
                .build();
    }

    @Test
    void alarmsOnce_whenThePidIsSilent() {
        List<Object> userEvents = new ArrayList<>();
        EmbeddedChannel channel = Streams.channel(Scte35Options.DEFAULT.withHeartbeatTimeout(Duration.ofMinutes(10)));
        channel.pipeline().addLast(collector(userEvents));
        channel.freezeTime();
        Streams stream = new Streams().tables(Streams.standardTable()).nulls(4);
        channel.writeInbound(Unpooled.copiedBuffer(stream.toArray()));
        advance(channel, 9);
        channel.writeInbound(Unpooled.copiedBuffer(new Streams().cue(SIGNAL).toArray()));
        advance(channel, 9);
        assertThat(userEvents).isEmpty();
        advance(channel, 2);
        advance(channel, 20);
        assertThat(userEvents).containsExactly(new HeartbeatLost(SPLICE_PID, Streams.PROGRAM, Duration.ofMinutes(10)));
        channel.finish();
        Streams.drain(channel);
    }

    private static void advance(EmbeddedChannel channel, int minutes) {
        channel.advanceTimeBy(minutes, TimeUnit.MINUTES);
        channel.runScheduledPendingTasks();
    }

    private static ChannelInboundHandlerAdapter collector(List<Object> userEvents) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                userEvents.add(event);
            }
        };
    }
}
