// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.Analysis.errors;
import static io.github.srtnetty.codec.mpegts.Multiplex.AUDIO;
import static io.github.srtnetty.codec.mpegts.Multiplex.TICKS_PER_MILLI;
import static io.github.srtnetty.codec.mpegts.Multiplex.VIDEO;
import static io.github.srtnetty.codec.mpegts.Tr101290Event.Phase.BEGIN;
import static io.github.srtnetty.codec.mpegts.Tr101290Event.Phase.END;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each error of packets, counters, clocks and streams, and its near miss. */
class Tr101290PacketsTest {
    private static final int SIZE = TsPacket.SIZE;

    @Test
    void countsASingleWrongSyncByte_andNothingElse() {
        byte[] stream = new Multiplex(1000).bytes();
        stream[405 * SIZE] = 0x46;

        assertThat(Analysis.of(stream).errors()).isEqualTo(Map.of(Tr101290Check.SYNC_BYTE, 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void losesSync_afterTwoWrongSyncBytesInARow_whereverTheDatagramsEnd(int place) {
        byte[] stream = new Multiplex(1000).bytes();
        int at = 420 + place; // null packets, in a datagram that begins at 420
        stream[at * SIZE] = 0x46;
        stream[(at + 1) * SIZE] = 0x46;
        Analysis analysis = Analysis.of(stream);

        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.TS_SYNC_LOSS, 1L, Tr101290Check.SYNC_BYTE, 2L));
        assertThat(analysis.phases(Tr101290Check.TS_SYNC_LOSS)).containsExactly(BEGIN, END);
    }

    @Test
    void keepsSync_whenWrongSyncBytesAlternateWithRightOnes() {
        byte[] stream = new Multiplex(1000).bytes();
        for (int at = 421; at < 429; at += 2) {
            stream[at * SIZE] = 0x46;
        }

        assertThat(Analysis.of(stream).errors()).isEqualTo(Map.of(Tr101290Check.SYNC_BYTE, 4L));
    }

    @Test
    void reportsALossOfSync_asSoonAsItBegins() {
        byte[] stream = new Multiplex(500).bytes();
        byte[] garbage = new byte[50 * SIZE];
        Analysis analysis = new Analysis(Tr101290Limits.DEFAULT).feed(stream).feed(garbage);

        assertThat(analysis.phases(Tr101290Check.TS_SYNC_LOSS)).containsExactly(BEGIN);
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.TS_SYNC_LOSS))
                .isOne();
        analysis.end();
    }

    @Test
    void countsALossOfSync_alsoBehindADecoderThatLosesItAtOnce() {
        byte[] stream = new Multiplex(1000).bytes();
        byte[] cut = TsBytes.concat(
                Arrays.copyOf(stream, 430 * SIZE), Arrays.copyOfRange(stream, 431 * SIZE - 50, stream.length));
        Analysis analysis = new Analysis(TsPacketDecoder.detecting(), Tr101290Limits.DEFAULT)
                .feed(cut)
                .end();

        assertThat(analysis.errors()).containsEntry(Tr101290Check.TS_SYNC_LOSS, 1L);
        assertThat(analysis.phases(Tr101290Check.TS_SYNC_LOSS)).containsExactly(BEGIN, END);
    }

    @Test
    void countsATransportError_andDerivesNothingElseFromThatPacket() {
        Multiplex stream = new Multiplex(2000)
                .change(301, packet -> packet.transportErrorIndicator(true).transportScramblingControl(3))
                .change(405, packet -> packet.transportErrorIndicator(true))
                .change(480, packet -> packet.transportErrorIndicator(true).pcr27M(5));

        assertThat(errors(stream)).isEqualTo(Map.of(Tr101290Check.TRANSPORT, 3L));
    }

    @Test
    void takesATransportError_forNoPat() {
        Multiplex stream = new Multiplex(2000).without(Pat.PID, 302, 701).without(Pat.PID, 702, 802);
        stream.change(701, packet -> packet.transportErrorIndicator(true));

        assertThat(errors(stream)).isEqualTo(Map.of(Tr101290Check.TRANSPORT, 1L, Tr101290Check.PAT, 1L));
    }

    @Test
    void countsALostPacket_onItsPid() {
        Analysis analysis = Analysis.of(new Multiplex(1000).bytes(at -> at != 405));

        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.CONTINUITY, 1L));
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.CONTINUITY, AUDIO))
                .isOne();
        assertThat(analysis.events.get(0).detail()).isEqualTo("continuity_counter 11 after 9");
    }

    @Test
    void countsPacketsInTheWrongOrder() {
        byte[] stream = new Multiplex(1000).bytes();
        byte[] first = Arrays.copyOfRange(stream, 405 * SIZE, 406 * SIZE);
        System.arraycopy(stream, 445 * SIZE, stream, 405 * SIZE, SIZE);
        System.arraycopy(first, 0, stream, 445 * SIZE, SIZE);

        assertThat(Analysis.of(stream).errors()).containsOnlyKeys(Tr101290Check.CONTINUITY);
    }

    @Test
    void allowsAPacketTwice_notThreeTimes() {
        byte[] stream = new Multiplex(1000).bytes();
        System.arraycopy(stream, 405 * SIZE, stream, 406 * SIZE, SIZE);
        assertThat(Analysis.of(stream).errors()).isEmpty();

        System.arraycopy(stream, 405 * SIZE, stream, 407 * SIZE, SIZE);
        assertThat(Analysis.of(stream).errors()).isEqualTo(Map.of(Tr101290Check.CONTINUITY, 1L));
    }

    @Test
    void allowsAJump_thatIsAnnounced() {
        Multiplex stream = new Multiplex(1000)
                .change(445, packet -> packet.discontinuityIndicator(true).payload(Multiplex.pes(445 * 90)));

        assertThat(Analysis.of(stream.bytes(at -> at != 405)).errors()).isEmpty();
    }

    @Test
    void allowsPacketsWithoutAPayload_thatKeepTheCounter() {
        Multiplex stream = new Multiplex(1000);
        stream.put(451, AUDIO, false, packet -> {});
        stream.put(452, AUDIO, false, packet -> {});

        assertThat(errors(stream)).isEmpty();
    }

    @Test
    void countsAPid_thatIsAwayForFiveSeconds() {
        int last = 1005; // of the sound, which comes every 40 ms
        Multiplex near = new Multiplex(8000).without(AUDIO, last + 1, last + 5000);
        Multiplex over = new Multiplex(8000).without(AUDIO, last + 1, last + 5001);
        near.payload(last + 5000, AUDIO);
        over.payload(last + 5001, AUDIO);
        Analysis analysis = Analysis.of(over.bytes());

        assertThat(errors(near)).doesNotContainKey(Tr101290Check.PID);
        assertThat(analysis.errors()).containsEntry(Tr101290Check.PID, 1L);
        assertThat(analysis.phases(Tr101290Check.PID)).containsExactly(BEGIN, END);
        assertThat(Analysis.of(over.bytes(), Tr101290Limits.DEFAULT.withPid(Duration.ofSeconds(6)))
                        .errors())
                .doesNotContainKey(Tr101290Check.PID);
    }

    @Test
    void countsAPid_thatNeverCame() {
        assertThat(errors(new Multiplex(12_000).without(AUDIO, 0, 12_000)))
                .isEqualTo(Map.of(Tr101290Check.PID, 2L)); // and the splice PID, which is silent, is none
    }

    @Test
    void countsThePtsOfAPid_thatIsAwayForTooLong() {
        Multiplex near = new Multiplex(3000).without(AUDIO, 1006, 1705);
        near.audio(1705);
        Multiplex over = new Multiplex(3000).without(AUDIO, 1006, 1706);
        over.audio(1706);

        assertThat(errors(near)).isEmpty();
        assertThat(errors(over)).isEqualTo(Map.of(Tr101290Check.PTS, 1L));
    }

    @Test
    void asksForAPcr_every100ms_orAsOften_asTheLimitsSay() {
        Multiplex near = new Multiplex(2000).without(VIDEO, 401, 500);
        Multiplex over = new Multiplex(2000).without(VIDEO, 401, 501);
        over.video(501, 501 * TICKS_PER_MILLI);
        byte[] every60 = new Multiplex(2000).without(VIDEO, 401, 460).bytes();

        assertThat(errors(near)).isEmpty();
        assertThat(errors(over))
                .isEqualTo(Map.of(Tr101290Check.PCR_REPETITION, 1L, Tr101290Check.PCR_DISCONTINUITY, 1L));
        assertThat(Analysis.of(every60).errors()).isEmpty();
        assertThat(Analysis.of(every60, Tr101290Limits.V1_3_1).errors())
                .isEqualTo(Map.of(Tr101290Check.PCR_REPETITION, 1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -1, 101, 7_000, 3_600_000})
    void countsAJumpOfThePcr_butDoesNotTakeItForTime(long millis) {
        Multiplex stream = new Multiplex(3000);
        stream.every(20, 1500, at -> stream.video(at, (at + millis - 20) * TICKS_PER_MILLI));
        Analysis analysis = Analysis.of(stream.bytes());

        assertThat(analysis.errors()).containsEntry(Tr101290Check.PCR_DISCONTINUITY, 1L);
        assertThat(analysis.errors().keySet()).allMatch(check -> check.priority() == 2);
        assertThat(analysis.analyzer.elapsed()).isBetween(Duration.ofMillis(2880), Duration.ofMillis(3080));
    }

    @Test
    void allowsAJumpOfThePcr_thatIsAnnounced() {
        Multiplex stream = new Multiplex(3000);
        stream.every(20, 1500, at -> stream.video(at, (at + 7000) * TICKS_PER_MILLI));
        stream.change(1500, packet -> packet.discontinuityIndicator(true));

        assertThat(errors(stream)).isEmpty();
    }

    @Test
    void comparesPcrsWithAConstantBitRate_onlyWhereItIsKnown() {
        Tr101290Limits rated = Tr101290Limits.DEFAULT.withConstantBitRate(Multiplex.BIT_RATE);
        Multiplex near = new Multiplex(2000);
        near.video(800, 800 * TICKS_PER_MILLI + 13); // 481 ns
        Multiplex over = new Multiplex(2000);
        over.video(800, 800 * TICKS_PER_MILLI + 14); // 519 ns

        assertThat(Analysis.of(near.bytes(), rated).errors()).isEmpty();
        assertThat(Analysis.of(over.bytes(), rated).errors()).isEqualTo(Map.of(Tr101290Check.PCR_ACCURACY, 1L));
        Analysis unknown = Analysis.of(over.bytes());
        assertThat(unknown.errors()).isEmpty();
        assertThat(unknown.analyzer.counters().isAssessed(Tr101290Check.PCR_ACCURACY))
                .isFalse();
    }

    @Test
    void countsLostPackets_asOneShiftOfThePcr() {
        Tr101290Limits rated = Tr101290Limits.DEFAULT.withConstantBitRate(Multiplex.BIT_RATE);

        Analysis analysis = Analysis.of(new Multiplex(2000).bytes(at -> at != 811 && at != 812), rated); // null packets

        assertThat(analysis.errors()).isEqualTo(Map.of(Tr101290Check.PCR_ACCURACY, 1L));
    }

    @Test
    void countsWhatIsAwayOncePerPeriod_byTheHostsClock_whenTheStreamStops() {
        Analysis analysis = new Analysis(Tr101290Limits.DEFAULT).feedLive(new Multiplex(2000).bytes());
        assertThat(analysis.errors()).isEmpty();

        analysis.pass(6000);

        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PAT)).isBetween(11L, 12L);
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PMT)).isBetween(11L, 12L);
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PID)).isEqualTo(2); // of two PIDs
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PCR_REPETITION))
                .isBetween(57L, 60L);
        assertThat(analysis.phases(Tr101290Check.PAT)).containsExactly(BEGIN);
        assertThat(analysis.phases(Tr101290Check.PID)).containsExactly(BEGIN, BEGIN);

        analysis.feedLive(new Multiplex(1000).bytes()).end();

        assertThat(analysis.phases(Tr101290Check.PAT)).containsExactly(BEGIN, END);
        assertThat(analysis.phases(Tr101290Check.PMT)).containsExactly(BEGIN, END);
        assertThat(analysis.phases(Tr101290Check.PID)).containsExactly(BEGIN, BEGIN, END, END);
    }

    @Test
    void takesABurst_forNoOutage() {
        byte[] stream = new Multiplex(4000).bytes();
        Analysis analysis = new Analysis(Tr101290Limits.DEFAULT);
        analysis.feedLive(Arrays.copyOf(stream, 2002 * SIZE)); // whole datagrams
        analysis.pass(450).feed(Arrays.copyOfRange(stream, 2002 * SIZE, 2452 * SIZE));
        analysis.feedLive(Arrays.copyOfRange(stream, 2452 * SIZE, 4000 * SIZE)).end();

        assertThat(analysis.errors()).isEmpty();
    }

    @Test
    void goesByTheHostsClock_whenAStreamHasNoPcr() {
        Multiplex stream = new Multiplex(4000).without(VIDEO, 0, 4000).without(Pat.PID, 2000, 4000);
        Analysis analysis =
                new Analysis(Tr101290Limits.DEFAULT).feedLive(stream.bytes()).end();

        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PAT)).isBetween(3L, 4L);
        assertThat(analysis.analyzer.counters().errors(Tr101290Check.PMT)).isZero();
    }

    @Test
    void goesOnWithThePcrOfAnotherProgram_whenTheFirstOneStops() {
        Multiplex stream = new Multiplex(8000);
        stream.every(
                30,
                13,
                at -> stream.put(
                        at,
                        0x1E,
                        true,
                        packet ->
                                packet.pcr27M(1_000_000 + at * TICKS_PER_MILLI).payload(TsBytes.filled(100, at))));
        stream.without(VIDEO, 2000, 8000).without(Pat.PID, 3000, 8000);

        Map<Tr101290Check, Long> errors = errors(stream);

        assertThat(errors.get(Tr101290Check.PAT)).isBetween(9L, 10L);
        assertThat(errors.get(Tr101290Check.PID)).isOne();
        assertThat(errors.get(Tr101290Check.PCR_REPETITION)).isBetween(55L, 60L);
    }

    @Test
    void believesThePts_whenThePidOfThePcrIsAwayInAFile() {
        // no null packets, so that the number of packets has no meaning
        Multiplex stream = new Multiplex(12_000).without(VIDEO, 2000, 8500);
        byte[] bytes = stream.bytes();
        List<byte[]> packets = TsBytes.split(bytes).stream()
                .filter(packet -> TsBytes.view(packet).pid() != TsPacket.NULL_PID)
                .toList();

        Map<Tr101290Check, Long> errors =
                Analysis.of(TsBytes.concat(packets.toArray(byte[][]::new))).errors();

        assertThat(errors).containsEntry(Tr101290Check.PID, 1L);
        assertThat(errors.keySet()).allMatch(check -> check.priority() == 2 || check == Tr101290Check.PID);
    }
}
