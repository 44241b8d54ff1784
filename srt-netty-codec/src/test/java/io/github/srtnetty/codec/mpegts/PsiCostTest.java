// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What tables cost: the work that they cause is counted, and grows with the bytes that came. */
class PsiCostTest {
    private static final int PMT_PID = 0x1000;
    private static final int PCR_PID = 0x100;
    private static final int MOST_PROGRAMS = 65_535;

    private final List<Pat> pats = new ArrayList<>();
    private final List<SectionError> errors = new ArrayList<>();
    private final Map<Integer, SectionPacketizer> packetizers = new HashMap<>();

    private final PsiListener listener = new PsiListener() {
        @Override
        public void onPat(Pat pat) {
            pats.add(pat);
        }

        @Override
        public void onPsiError(SectionError error) {
            errors.add(error);
        }
    };

    @Test
    void aPatThatChangesSectionBySection_causesWorkForItsBytesOnly() {
        int sections = 80;
        int programsEach = 6;
        PsiTracker tracker = new PsiTracker(listener);
        send(tracker, sections(sections, programsEach, 0));
        assertThat(pats).hasSize(1);
        long before = tracker.steps();

        int rounds = 20;
        for (int round = 1; round <= rounds; round++) {
            send(tracker, sections(sections, programsEach, round)); // each section in a packet of its own, each changed
        }

        long entries = (long) rounds * sections * programsEach;
        assertThat(tracker.steps() - before).isBetween(entries, 3 * entries); // decoded, added and removed once at most
        assertThat(pats).hasSize(1 + rounds);
        assertThat(tracker.programs()).hasSize(sections * programsEach);
        assertThat(tracker.program(1).pmtPid()).isEqualTo(PMT_PID + rounds);
        assertThat(errors).isEmpty();
    }

    @Test
    void oneChangedSectionOfMany_isReported_whenTheOthersWereRepeated() {
        PsiTracker tracker = new PsiTracker(listener);
        List<byte[]> old = sections(3, 2, 0);
        List<byte[]> next = sections(3, 2, 1);
        send(tracker, old);

        List<byte[]> changed = List.of(old.get(0), next.get(1), old.get(2));
        for (int i = 0; i < 10; i++) {
            send(tracker, changed);
        }

        assertThat(pats).hasSize(2);
        assertThat(tracker.programs())
                .extracting(TsProgram::pmtPid)
                .containsExactly(PMT_PID, PMT_PID, PMT_PID + 1, PMT_PID + 1, PMT_PID, PMT_PID);
        assertThat(errors).isEmpty();
    }

    @Test
    void aChangedPmt_causesWorkForItsStreamsOnly_howeverManyProgramsShareItsPcrPid() {
        int count = 500;
        PsiTracker tracker = new PsiTracker(listener);
        send(tracker, pat(count).encode());
        send(tracker, pmts(count, 0));
        long before = tracker.steps();

        send(tracker, pmts(count, 1));

        assertThat(tracker.steps() - before).isEqualTo(count);
        tracker.accept(view(pes(27_000_000)), 10);
        assertThat(tracker.programs()).allMatch(program -> program.lastPcr27M() == 27_000_000);
    }

    @Test
    void followsTheFirst512Programs_andReportsThatThereAreMore() {
        PsiTracker tracker = new PsiTracker(listener);

        for (int i = 0; i < 3; i++) {
            send(tracker, pat(20_000).encode());
        }

        assertThat(tracker.programs()).hasSize(PsiTracker.DEFAULT_MAX_PROGRAMS);
        assertThat(tracker.program(512)).isNotNull();
        assertThat(tracker.program(513)).isNull();
        assertThat(pats).singleElement().matches(pat -> pat.programs().size() == 512);
        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> assertThat(error.cause()).hasMessage("programs: expected at most 512, actual 20000"));
    }

    @Test
    void followsAsManyProgramsAsAskedFor() {
        PsiTracker tracker = new PsiTracker(listener, MOST_PROGRAMS);
        send(tracker, pat(20_000).encode());
        assertThat(tracker.programs()).hasSize(20_000);
        assertThat(errors).isEmpty();

        PsiHandler handler = new PsiHandler(1);
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), handler);
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < 4; i++) { // the decoder believes the fourth sync_byte
            new SectionPacketizer(Pat.PID, i).write(pat(2).encode().get(0), stream);
        }
        channel.writeInbound(stream);
        assertThat(handler.tracker().programs()).hasSize(1);
        channel.finishAndReleaseAll();

        for (int wrong : new int[] {0, MOST_PROGRAMS + 1}) {
            assertThatThrownBy(() -> new PsiTracker(listener, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxPrograms: " + wrong);
        }
    }

    @Test
    void walksNoStackForBadData() {
        PsiTracker tracker = new PsiTracker(listener);
        byte[] bad = pat(1).encode().get(0);
        bad[bad.length - 1] ^= 1;

        send(tracker, List.of(bad));

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.cause().getStackTrace()).isEmpty());
    }

    private static Pat pat(int programs) {
        return new Pat(
                1,
                0,
                IntStream.rangeClosed(1, programs)
                        .mapToObj(n -> new Pat.Program(n, PMT_PID))
                        .toList());
    }

    private static List<byte[]> pmts(int count, int version) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new Pmt(n, version, PCR_PID, List.of(), List.of()).encode())
                .toList();
    }

    /**
     * Returns a PAT of one version in small sections, whose programs have their PMTs on a PID that depends on
     * {@code round}.
     */
    private static List<byte[]> sections(int count, int programsEach, int round) {
        List<byte[]> sections = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int first = 1 + number * programsEach;
            sections.add(LongSections.build(Pat.TABLE_ID, 1, 0, number, count - 1, out -> {
                for (int i = 0; i < programsEach; i++) {
                    out.writeShort(first + i).writeShort(0xE000 | PMT_PID + round);
                }
            }));
        }
        return sections;
    }

    private void send(PsiTracker tracker, List<byte[]> sections) {
        for (byte[] section : sections) {
            int pid = section[0] == Pat.TABLE_ID ? Pat.PID : PMT_PID;
            ByteBuf out = Unpooled.buffer();
            int packets =
                    packetizers.computeIfAbsent(pid, SectionPacketizer::new).write(section, out);
            for (int i = 0; i < packets; i++) {
                tracker.accept(new TsPacket().wrap(out, i * TsPacket.SIZE), i);
            }
        }
    }

    private static byte[] pes(long pcr27M) {
        return TsBytes.built(new TsPacketBuilder()
                .pid(PCR_PID)
                .payloadUnitStartIndicator(true)
                .pcr27M(pcr27M)
                .payload(concat(bytes(0, 0, 1, 0xE0, 0, 0, 0x80, 0, 0))));
    }
}
