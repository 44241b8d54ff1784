// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static io.github.srtnetty.codec.scte35.Streams.SPLICE_PID;
import static io.github.srtnetty.codec.scte35.Streams.splice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A splice PID that the PMTs of two programs list. */
class Scte35SharedPidTest {
    private static final RegistrationDescriptor CUEI = new RegistrationDescriptor(RegistrationDescriptor.CUEI);
    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(1_000_000)).build();

    private final ByteBuf stream = Unpooled.buffer();
    private final Map<Integer, SectionPacketizer> packetizers = new HashMap<>();

    @Test
    void belongsToTheProgramThatListsItFirst() {
        pat(0, 11, 22);
        pmt(22, 0, splice(StreamType.SCTE35));
        pmt(11, 0, splice(StreamType.SCTE35));
        cue();

        assertThat(programs()).containsExactly(22);
    }

    @Test
    void goesToTheOtherProgram_whenTheFirstDropsIt() {
        pat(0, 11, 22);
        pmt(11, 0, splice(StreamType.SCTE35));
        pmt(22, 0, splice(StreamType.SCTE35));
        cue();
        pmt(11, 1);
        cue();
        pmt(22, 1);
        cue();

        assertThat(programs()).containsExactly(11, 22);
    }

    @Test
    void goesToAProgramThatStays_whenOthersLeaveThePat() {
        pat(0, 11, 22, 33);
        pmt(11, 0, splice(StreamType.SCTE35));
        pmt(22, 0, splice(StreamType.SCTE35));
        pmt(33, 0, splice(StreamType.SCTE35));
        cue();
        pat(1, 33);
        cue();
        pat(2);
        cue();

        assertThat(programs()).containsExactly(11, 33);
    }

    @Test
    void staysWithItsProgram_whenThatListsItOtherwise() {
        pat(0, 11, 22);
        pmt(11, 0, splice(StreamType.SCTE35));
        pmt(22, 0, splice(StreamType.SCTE35));
        pmt(11, 1, splice(StreamType.SCTE35, CUEI));
        cue();

        assertThat(cues()).singleElement().matches(cue -> cue.programNumber() == 11 && cue.registered());
    }

    private void pat(int version, int... programs) {
        List<Pat.Program> entries = IntStream.of(programs)
                .mapToObj(number -> new Pat.Program(number, 0x100 + number))
                .toList();
        new Pat(1, version, entries).encode().forEach(section -> write(Pat.PID, section));
    }

    private void pmt(int program, int version, Pmt.Stream... streams) {
        List<Descriptor> none = List.of();
        write(0x100 + program, new Pmt(program, version, TsPacket.NULL_PID, none, List.of(streams)).encode());
    }

    private void cue() {
        write(SPLICE_PID, SIGNAL.bytes().toArray());
    }

    private void write(int pid, byte[] section) {
        packetizers.computeIfAbsent(pid, SectionPacketizer::new).write(section, stream);
    }

    private List<Integer> programs() {
        return cues().stream().map(Scte35Cue::programNumber).toList();
    }

    private List<Scte35Cue> cues() {
        return Streams.cuesOf(Bytes.copyOf(stream).toArray());
    }
}
