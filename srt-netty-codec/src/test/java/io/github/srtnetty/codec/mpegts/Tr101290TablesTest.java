// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.Analysis.errors;
import static io.github.srtnetty.codec.mpegts.Tr101290Event.Phase.BEGIN;
import static io.github.srtnetty.codec.mpegts.Tr101290Event.Phase.END;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error of a table, and its near miss. */
class Tr101290TablesTest {
    @Test
    void findsNothing_inAStreamWithoutErrors() {
        Analysis analysis = Analysis.of(new Multiplex(12_000).bytes());

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.events).isEmpty();
        assertThat(analysis.analyzer.elapsed()).isEqualTo(Duration.ofMillis(11_980));
    }

    @Test
    void toleratesHalfASecondWithoutAPat() {
        assertThat(errors(new Multiplex(2000).without(Pat.PID, 302, 700))).isEmpty();
    }

    @Test
    void countsAPat_thatIsAMillisecondTooLate() {
        Multiplex stream = new Multiplex(2000).without(Pat.PID, 302, 802);
        stream.pat(803); // after the one at 301, and after the PMT
        Analysis analysis = Analysis.of(stream.bytes());

        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.PAT, 1L));
        assertThat(analysis.phases(Tr101290Check.PAT)).containsExactly(BEGIN, END);
        assertThat(analysis.events.get(1).missed()).isEqualTo(Duration.ofMillis(502));
    }

    @Test
    void countsAPatOncePerPeriod_whileItIsAway_andAsOneOutage() {
        Analysis analysis =
                Analysis.of(new Multiplex(5000).without(Pat.PID, 302, 2301).bytes());

        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.PAT, 3L)); // 2000 ms: the fourth is just in time
        assertThat(analysis.analyzer.counters().outages(Tr101290Check.PAT)).isOne();
        assertThat(analysis.phases(Tr101290Check.PAT)).containsExactly(BEGIN, END);
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PAT, Pat.PID))
                .isEqualTo(3);
    }

    @Test
    void countsAPmtByItsPidAndItsProgram() {
        Analysis analysis = Analysis.of(
                new Multiplex(3000).without(Multiplex.PMT_PID, 303, 1401).bytes());

        Tr101290Counters counters = analysis.analyzer.counters();
        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.PMT, 2L));
        assertThat(counters.errors(Tr101290Check.PMT, Multiplex.PMT_PID)).isEqualTo(2);
        assertThat(counters.programErrors(Tr101290Check.PMT, Multiplex.PROGRAM)).isEqualTo(2);
        assertThat(analysis.events.get(0).programs()).containsExactly(Multiplex.PROGRAM);
        assertThat(errors(new Multiplex(3000).without(Multiplex.PMT_PID, 303, 800)))
                .isEmpty();
    }

    @Test
    void countsOtherTablesOnPid0_whichDoNotStandForAPat() {
        Multiplex stream = new Multiplex(2000).without(Pat.PID, 302, 902);
        stream.every(100, 301, at -> stream.section(at, Pat.PID, sdt(0x42)));

        Map<Tr101290Check, Long> errors = errors(stream);

        assertThat(errors.get(Tr101290Check.PAT)).isEqualTo(17 + 3);
    }

    @Test
    void countsScrambledPackets_ofPatAndPmt() {
        Multiplex stream = new Multiplex(1000)
                .change(301, packet -> packet.transportScramblingControl(2))
                .change(402, packet -> packet.transportScramblingControl(1));

        assertThat(errors(stream)).isEqualTo(Map.of(Tr101290Check.PAT, 1L, Tr101290Check.PMT, 1L));
    }

    @ParameterizedTest
    @CsvSource({"0x00,0", "0x10,64", "0x10,65", "0x11,66", "0x11,70", "0x11,74", "0x12,78", "0x12,111", "0x1000,2"})
    void countsAWrongCrc_ofTheTablesThatAreNamed(int pid, int tableId) {
        Multiplex stream = new Multiplex(1000);
        byte[] section = sdt(tableId);
        section[section.length - 1] ^= 1;
        stream.section(450, pid, section);

        assertThat(errors(stream)).isEqualTo(Map.of(Tr101290Check.CRC, 1L));
    }

    @Test
    void countsNoWrongCrc_ofOtherTables() {
        Multiplex stream = new Multiplex(1000);
        byte[] section = sdt(0x50);
        section[0] = (byte) 0xC0;
        stream.section(450, Multiplex.PMT_PID, section);

        assertThat(errors(stream)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x10, 0x40, 10000, NIT", "0x11, 0x42, 2000, SDT", "0x12, 0x4E, 2000, EIT", "0x14, 0x70, 30000, TDT"})
    void countsATableOfDvb_thatIsAwayForLongerThanItsLimit(int pid, int tableId, int limit, Tr101290Check check) {
        Multiplex near = new Multiplex(limit + 1000);
        near.section(111, pid, sdt(tableId));
        near.section(111 + limit, pid, sdt(tableId));
        Multiplex over = new Multiplex(limit + 1000);
        over.section(111, pid, sdt(tableId));
        over.section(112 + limit, pid, sdt(tableId));

        assertThat(errors(near)).isEmpty();
        assertThat(errors(over)).isEqualTo(Map.of(check, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "0x10, 0x42, NIT",
        "0x11, 0x40, SDT",
        "0x12, 0x4D, EIT",
        "0x12, 0x70, EIT",
        "0x14, 0x71, TDT",
        "1, 2, CAT"
    })
    void countsATable_whereItDoesNotBelong(int pid, int tableId, Tr101290Check check) {
        Multiplex stream = new Multiplex(1000);
        stream.section(450, pid, sdt(tableId));

        assertThat(errors(stream)).isEqualTo(Map.of(check, 1L));
    }

    @Test
    void asksForTheTablesOfDvb_onlyWhereTheyAreExpected() {
        byte[] stream = new Multiplex(10_900).bytes();
        Tr101290Limits all = Tr101290Limits.DEFAULT.withDvbTables(Tr101290Limits.DvbTables.ALL);

        assertThat(Analysis.of(stream).analyzer.counters().isAssessed(Tr101290Check.NIT))
                .isFalse();
        assertThat(Analysis.of(stream, all).errors())
                .isEqualTo(Map.of(Tr101290Check.NIT, 1L, Tr101290Check.SDT, 5L, Tr101290Check.EIT, 5L));
    }

    @Test
    void asksForACat_onlyWhilePacketsAreScrambled() {
        Multiplex scrambled = new Multiplex(3000);
        scrambled.every(40, 405, at -> scrambled.change(at, packet -> packet.transportScramblingControl(2)));
        Multiplex withCat = new Multiplex(3000);
        withCat.every(40, 405, at -> withCat.change(at, packet -> packet.transportScramblingControl(2)));
        withCat.every(1000, 409, at -> withCat.section(at, 1, sdt(1)));
        Multiplex shortly = new Multiplex(3000).change(405, packet -> packet.transportScramblingControl(2));

        assertThat(errors(scrambled)).isEqualTo(Map.of(Tr101290Check.CAT, 2L));
        assertThat(errors(withCat)).isEmpty();
        assertThat(errors(shortly)).isEmpty();
        assertThat(Analysis.of(new Multiplex(500).bytes()).analyzer.counters().isAssessed(Tr101290Check.CAT))
                .isFalse();
    }

    @Test
    void countsAPid_thatNoTableNamesForHalfASecond() {
        Multiplex stream = new Multiplex(2000);
        stream.every(20, 309, at -> stream.payload(at, 0x200));
        Analysis analysis = Analysis.of(stream.bytes());

        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.UNREFERENCED_PID, 1L));
        assertThat(analysis.phases(Tr101290Check.UNREFERENCED_PID)).containsExactly(BEGIN);
        assertThat(analysis.events.get(0).pid()).isEqualTo(0x200);
        assertThat(Analysis.of(stream.bytes(), Tr101290Limits.DEFAULT.withPrivatePids(Set.of(0x200)))
                        .errors())
                .isEmpty();
    }

    @Test
    void toleratesAPid_thatATableNamesInTime() {
        Multiplex stream =
                new Multiplex(2000).without(Multiplex.PMT_PID, 0, 402).without(Pat.PID, 0, 401);

        assertThat(errors(stream)).isEmpty();
    }

    @Test
    void namesNoPid_thatACatOrADescriptorNames() {
        Multiplex stream = new Multiplex(2000);
        byte[] cat = sdt(1, 0x09, 4, 0x0B, 0x00, 0xE3, 0x00);
        stream.every(500, 303, at -> stream.section(at, 1, cat));
        stream.every(50, 307, at -> stream.payload(at, 0x300));

        assertThat(errors(stream)).isEmpty();
    }

    /** Returns a section with a long header, this table_id and a right CRC_32. */
    static byte[] sdt(int tableId, int... body) {
        byte[] section = new byte[Section.LONG_HEADER_SIZE + body.length + 4];
        boolean longHeader = tableId != 0x70 && tableId != 0x71;
        section[0] = (byte) tableId;
        section[1] = (byte) (longHeader ? 0xB0 : 0x30);
        section[2] = (byte) (section.length - 3);
        section[3] = 1;
        section[5] = (byte) 0xC1;
        for (int i = 0; i < body.length; i++) {
            section[8 + i] = (byte) body[i];
        }
        int crc = Crc32Mpeg2.of(section, 0, section.length - 4);
        for (int i = 0; i < 4; i++) {
            section[section.length - 4 + i] = (byte) (crc >>> 24 - 8 * i);
        }
        return section;
    }

    @Test
    void followsAPmt_thatTakesAPidAway() {
        Multiplex stream = new Multiplex(8000).without(Multiplex.AUDIO, 1000, 8000);
        Pmt less = new Pmt(
                Multiplex.PROGRAM,
                1,
                Multiplex.VIDEO,
                List.of(),
                List.of(new Pmt.Stream(StreamType.AVC, Multiplex.VIDEO, List.of())));
        stream.every(100, 1002, at -> stream.section(at, Multiplex.PMT_PID, less.encode()));

        assertThat(errors(stream)).isEmpty();
    }
}
