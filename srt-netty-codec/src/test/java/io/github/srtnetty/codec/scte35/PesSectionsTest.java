// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static io.github.srtnetty.codec.scte35.Streams.SPLICE_PID;
import static io.github.srtnetty.codec.scte35.Streams.splice;
import static io.github.srtnetty.codec.scte35.Streams.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cues in PES packets: what is wrong with one is reported like that of a bare section. */
class PesSectionsTest {
    private static final RegistrationDescriptor CUEI = new RegistrationDescriptor(RegistrationDescriptor.CUEI);
    /** packet_start_code_prefix, stream_id, PES_packet_length 0, '10' and no flags, PES_header_data_length 0. */
    private static final String PES_HEADER = "000001bd0000800000";

    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(1_000_000)).build();
    private static final SpliceInfoSection BIG =
            SpliceInfoSection.decode(Samples.cue("syn-big-1k").bytes(), DecodeOptions.STRICT);

    private final List<Scte35Failure> failures = new ArrayList<>();
    private int counter;

    @Test
    void reportsASectionTooShortForItsLongHeader_andGoesOn() {
        Streams stream = stream(CUEI);
        add(stream, true, Bytes.fromHex("000001bd001080000000fc800400000000")); // pointer_field; section_length 4
        addPes(stream, SIGNAL.bytes());

        assertThat(sections(stream, Scte35Options.DEFAULT)).containsExactly(SIGNAL);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.pid()).isEqualTo(SPLICE_PID);
            assertThat(failure.packetIndex()).isEqualTo(2);
            assertThat(failure.cause()).hasMessage("section_length: expected 9 to 4093, actual 4");
        });
    }

    @Test
    void reportsASectionTooShortForItsCrc() {
        Streams stream = stream(CUEI);
        addPes(stream, Bytes.fromHex("fc3003000000"));

        assertThat(sections(stream, Scte35Options.DEFAULT)).isEmpty();
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause().field()).isEqualTo("section_length"));
    }

    @Test
    void reportsABadCrcWithTheSection() {
        Streams stream = stream(CUEI);
        addPes(stream, brokenSignal());

        assertThat(sections(stream, Scte35Options.DEFAULT)).isEmpty();
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.cause().field()).isEqualTo("CRC_32");
            assertThat(failure.section()).isEqualTo(brokenSignal());
        });
    }

    @Test
    void deliversABadCrc_whenAskedTo() {
        Streams stream = stream(CUEI);
        addPes(stream, brokenSignal());

        assertThat(sections(stream, acceptingBadCrc(Scte35Options.DEFAULT)))
                .singleElement()
                .matches(cue -> cue.has(Warning.Code.CRC_MISMATCH));
        assertThat(failures).isEmpty();
    }

    @Test
    void reportsLostPackets_inTheMiddleOfASection() {
        Streams stream = stream(CUEI);
        addPes(stream, BIG.bytes(), 2);
        addPes(stream, SIGNAL.bytes());

        assertThat(sections(stream, Scte35Options.DEFAULT)).containsExactly(SIGNAL);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.packetIndex()).isEqualTo(2);
            assertThat(failure.cause().field()).isEqualTo("continuity_counter");
        });
    }

    @Test
    void reportsASectionThatTheNextOneCutsOff() {
        Streams stream = stream(CUEI);
        addPes(stream, BIG.bytes().slice(0, 500));
        addPes(stream, SIGNAL.bytes());

        assertThat(sections(stream, Scte35Options.DEFAULT)).containsExactly(SIGNAL);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause().field()).isEqualTo("section"));
    }

    @Test
    void isSilentWhereNothingSaysThatThePidCarriesCues() {
        Streams stream = stream();
        addPes(stream, brokenSignal());
        addPes(stream, BIG.bytes(), 2);
        addPes(stream, Bytes.fromHex("fc800400000000"));
        addPes(stream, SIGNAL.bytes());

        Scte35Options all = Scte35Options.DEFAULT.withPrivateStreams(Scte35Options.PrivateStreams.ALL);
        assertThat(sections(stream, acceptingBadCrc(all))).containsExactly(SIGNAL);
        assertThat(failures).isEmpty();
    }

    private static Scte35Options acceptingBadCrc(Scte35Options options) {
        return options.withDecodeOptions(DecodeOptions.STRICT.withBadCrc());
    }

    private static Bytes brokenSignal() {
        byte[] broken = SIGNAL.bytes().toArray();
        broken[15] ^= 1;
        return Bytes.of(broken);
    }

    /** Starts a stream whose PMT lists the splice PID with stream_type 0x06. */
    private static Streams stream(Descriptor... descriptors) {
        return new Streams().tables(table(0, List.of(), splice(StreamType.PRIVATE_PES, descriptors)));
    }

    private void addPes(Streams stream, Bytes section) {
        addPes(stream, section, -1);
    }

    /** Adds a PES packet in as many packets as it takes, all but the one of number {@code lost}. */
    private void addPes(Streams stream, Bytes section, int lost) {
        Bytes pes = Bytes.fromHex(PES_HEADER + section.hex());
        for (int from = 0; from < pes.length(); from += 184) {
            if (from == lost * 184) {
                counter++;
            } else {
                add(stream, from == 0, pes.slice(from, Math.min(184, pes.length() - from)));
            }
        }
    }

    private void add(Streams stream, boolean start, Bytes payload) {
        stream.packet(new TsPacketBuilder()
                .pid(SPLICE_PID)
                .payloadUnitStartIndicator(start)
                .continuityCounter(counter++)
                .payload(payload.toArray()));
    }

    private List<SpliceInfoSection> sections(Streams stream, Scte35Options options) {
        EmbeddedChannel channel = Streams.channel(options);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                failures.add((Scte35Failure) event);
            }
        });
        channel.writeInbound(Unpooled.copiedBuffer(stream.toArray()));
        channel.finish();
        return Streams.drain(channel).stream().map(Scte35Cue::section).toList();
    }
}
