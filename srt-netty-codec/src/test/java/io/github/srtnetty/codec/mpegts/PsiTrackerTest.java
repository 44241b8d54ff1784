// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.packet;
import static io.github.srtnetty.codec.mpegts.TsBytes.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.github.srtnetty.codec.mpegts.SectionError.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PsiTrackerTest {
    private static final int PMT_PID = 0x1000;
    private static final int VIDEO = 0x100;
    private static final int AUDIO = 0x101;
    private static final Pat PAT = new Pat(1, 0, List.of(new Pat.Program(1, PMT_PID)));
    private static final Pmt PMT = new Pmt(
            1,
            0,
            VIDEO,
            List.of(),
            List.of(
                    new Pmt.Stream(StreamType.AAC_ADTS, AUDIO, List.of()),
                    new Pmt.Stream(StreamType.AVC, VIDEO, List.of())));

    private final List<Object> received = new ArrayList<>();
    private final List<Reason> errors = new ArrayList<>();
    private final Map<Integer, SectionPacketizer> packetizers = new HashMap<>();
    private final PsiTracker tracker = new PsiTracker(new PsiListener() {
        @Override
        public void onPat(Pat pat) {
            received.add(pat);
        }

        @Override
        public void onPmt(TsProgram program, Pmt pmt) {
            assertThat(program.pmt()).isSameAs(pmt);
            received.add(pmt);
        }

        @Override
        public void onProgramRemoved(TsProgram program) {
            received.add("removed " + program.programNumber());
        }

        @Override
        public void onPsiError(SectionError error) {
            errors.add(error.reason());
        }
    });

    @Test
    void reportsTablesOnce_howeverOftenTheyAreRepeated() {
        for (int i = 0; i < 20; i++) {
            send(0, PAT.encode().get(0));
            send(PMT_PID, PMT.encode());
        }

        assertThat(received).containsExactly(PAT, PMT);
        assertThat(tracker.pat()).isEqualTo(PAT);
        assertThat(tracker.programs()).extracting(TsProgram::programNumber).containsExactly(1);
        assertThat(errors).isEmpty();
    }

    @Test
    void reportsANewVersion() {
        Pmt next = new Pmt(1, 1, VIDEO, List.of(), List.of(new Pmt.Stream(StreamType.SCTE35, 500, List.of())));

        send(0, PAT.encode().get(0));
        send(PMT_PID, PMT.encode());
        send(PMT_PID, next.encode());

        assertThat(received).containsExactly(PAT, PMT, next);
    }

    @Test
    void reportsAChange_thoughTheVersionStaysTheSame() {
        Pmt next = new Pmt(1, 0, VIDEO, List.of(), List.of());

        send(0, PAT.encode().get(0));
        send(PMT_PID, PMT.encode());
        send(PMT_PID, next.encode());

        assertThat(received).containsExactly(PAT, PMT, next);
    }

    @Test
    void leavesOutATableThatIsOnlyAnnounced() {
        byte[] announced = PMT.encode();
        announced[5] &= (byte) 0xFE;
        int crc = Crc32Mpeg2.of(announced, 0, announced.length - 4);
        System.arraycopy(bytes(crc >>> 24, crc >>> 16, crc >>> 8, crc), 0, announced, announced.length - 4, 4);

        send(0, PAT.encode().get(0));
        send(PMT_PID, announced);

        assertThat(received).containsExactly(PAT);
    }

    @Test
    void waitsForAllSectionsOfAPat() {
        List<Pat.Program> programs = IntStream.rangeClosed(1, 300)
                .mapToObj(n -> new Pat.Program(n, 0x100 + n))
                .toList();
        List<byte[]> first = new Pat(1, 0, programs).encode();
        List<byte[]> second = new Pat(1, 1, programs.subList(0, 290)).encode();

        send(0, first.get(1));
        assertThat(received).isEmpty();
        send(0, first.get(0));
        send(0, second.get(0));
        send(0, second.get(1));

        assertThat(received).hasSize(2 + 10);
        assertThat(received.get(0)).isEqualTo(new Pat(1, 0, programs));
        assertThat(received).contains("removed 291", "removed 300");
        assertThat(tracker.programs()).hasSize(290);
    }

    @Test
    void followsSeveralPrograms_alsoOnOnePid() {
        Pat two = new Pat(1, 0, List.of(new Pat.Program(1, PMT_PID), new Pat.Program(2, PMT_PID)));
        Pmt second = new Pmt(2, 0, 0x200, List.of(), List.of());

        send(0, two.encode().get(0));
        send(PMT_PID, PMT.encode());
        send(PMT_PID, second.encode());
        send(PMT_PID, PMT.encode());

        assertThat(received).containsExactly(two, PMT, second);
        assertThat(tracker.program(2).pmt()).isEqualTo(second);
    }

    @Test
    void forgetsAProgramThatThePatNoLongerHas() {
        Pat moved = new Pat(1, 1, List.of(new Pat.Program(1, 0x1001)));

        send(0, PAT.encode().get(0));
        send(PMT_PID, PMT.encode());
        send(0, moved.encode().get(0));
        send(PMT_PID, PMT.encode());
        send(0x1001, PMT.encode());

        assertThat(received).containsExactly(PAT, PMT, "removed 1", moved, PMT);
        assertThat(tracker.program(2)).isNull();
    }

    @Test
    void reportsATableThatCannotBe_once() {
        byte[] bad = PMT.encode();
        bad[11] = 100; // program_info_length
        int crc = Crc32Mpeg2.of(bad, 0, bad.length - 4);
        System.arraycopy(bytes(crc >>> 24, crc >>> 16, crc >>> 8, crc), 0, bad, bad.length - 4, 4);

        send(0, PAT.encode().get(0));
        send(PMT_PID, bad);
        send(PMT_PID, bad);

        assertThat(received).containsExactly(PAT);
        assertThat(errors).containsExactly(Reason.BAD_TABLE);
    }

    @Test
    void keepsTheLastClocksOfAProgram() {
        send(0, PAT.encode().get(0));
        send(PMT_PID, PMT.encode());
        TsProgram program = tracker.program(1);
        assertThat(program.lastPcr27M()).isEqualTo(TsPacket.NONE);
        assertThat(program.lastPts90k()).isEqualTo(TsPacket.NONE);

        tracker.accept(view(pes(AUDIO, 777, 500)), 10);
        tracker.accept(view(pes(VIDEO, 27_000_000, 90_000)), 11);
        tracker.accept(view(packet(VIDEO, 1, false)), 12);

        assertThat(program.ptsPid()).isEqualTo(VIDEO);
        assertThat(program.lastPcr27M()).isEqualTo(27_000_000);
        assertThat(program.lastPts90k()).isEqualTo(90_000);
    }

    @Test
    void followsAProgramToItsNewClocks_andLeavesTheOldOnesToOthers() {
        Pat two = new Pat(1, 0, List.of(new Pat.Program(1, PMT_PID), new Pat.Program(2, PMT_PID)));
        send(0, two.encode().get(0));
        send(PMT_PID, PMT.encode());
        send(PMT_PID, new Pmt(2, 0, VIDEO, List.of(), PMT.streams()).encode());
        send(PMT_PID, new Pmt(1, 1, AUDIO, List.of(), PMT.streams().subList(0, 1)).encode());

        tracker.accept(view(pes(VIDEO, 27_000_000, 90_000)), 10);
        assertThat(tracker.program(1).lastPcr27M()).isEqualTo(TsPacket.NONE);
        assertThat(tracker.program(1).lastPts90k()).isEqualTo(TsPacket.NONE);
        assertThat(tracker.program(2).lastPcr27M()).isEqualTo(27_000_000);
        assertThat(tracker.program(2).lastPts90k()).isEqualTo(90_000);

        tracker.accept(view(pes(AUDIO, 54_000_000, 180_000)), 11);
        assertThat(tracker.program(1).lastPcr27M()).isEqualTo(54_000_000);
        assertThat(tracker.program(1).lastPts90k()).isEqualTo(180_000);
        assertThat(tracker.program(2).lastPcr27M()).isEqualTo(27_000_000);
    }

    private void send(int pid, byte[] section) {
        ByteBuf out = Unpooled.buffer();
        int packets = packetizers.computeIfAbsent(pid, SectionPacketizer::new).write(section, out);
        for (int i = 0; i < packets; i++) {
            tracker.accept(new TsPacket().wrap(out, i * TsPacket.SIZE), i);
        }
    }

    private static byte[] pes(int pid, long pcr27M, int pts90k) {
        byte[] header = concat(
                bytes(0, 0, 1, 0xE0, 0, 0, 0x80, 0x80, 5),
                bytes(0x21, pts90k >>> 22, pts90k >>> 14 | 1, pts90k >>> 7, pts90k << 1 | 1));
        return TsBytes.built(new TsPacketBuilder()
                .pid(pid)
                .payloadUnitStartIndicator(true)
                .pcr27M(pcr27M)
                .payload(header));
    }
}
