// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Hostile streams throw nothing and hold a limited memory; real ones have no errors of priority 1. */
class Tr101290FuzzTest {
    static final List<String> SAMPLES = TsSamples.NAMES;

    @Test
    void survivesRandomPackets() {
        Random random = new Random(20_260_102);
        Analysis analysis = new Analysis(Tr101290Limits.DEFAULT.withConstantBitRate(1_000_000));
        byte[] packets = new byte[700 * TsPacket.SIZE];
        for (int round = 0; round < 100; round++) {
            random.nextBytes(packets);
            for (int at = 0; at < packets.length; at += TsPacket.SIZE) {
                packets[at] = TsPacket.SYNC_BYTE;
                if (random.nextInt(3) > 0) { // a low PID without an error
                    packets[at + 1] &= 0x60;
                    packets[at + 2] &= 0x1F;
                }
            }
            analysis.feed(packets).pass(20);
            analysis.events.clear();
        }
        assertThat(analysis.end().errors()).isNotEmpty();
    }

    @Tag("slow")
    @Test
    void survivesMutatedStreams_inWhateverPieces() {
        byte[] good = new Multiplex(3000).bytes();
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] stream = good.clone();
            for (int flips = random.nextInt(2000); flips > 0; flips--) {
                int packet = random.nextInt(stream.length / TsPacket.SIZE) * TsPacket.SIZE;
                stream[packet + random.nextInt(30)] ^= (byte) (1 << random.nextInt(8));
            }
            int from = random.nextInt(stream.length / 2);
            Analysis analysis = Analysis.of(Arrays.copyOfRange(stream, from, stream.length - random.nextInt(1000)));
            long byPid = analysis.analyzer.counters().pidsWithErrors().stream()
                    .mapToLong(pid -> analysis.analyzer.counters().errors(Tr101290Check.CONTINUITY, pid))
                    .sum();
            assertThat(byPid)
                    .as("seed %d", seed)
                    .isEqualTo(analysis.analyzer.counters().errors(Tr101290Check.CONTINUITY));
        }
    }

    @Test
    void holdsALimitedMemory_whenTablesNameAllPids() {
        Analysis analysis = new Analysis(Tr101290Limits.DEFAULT);
        Random random = new Random(5);
        for (int round = 0; round < 40; round++) {
            Multiplex stream = new Multiplex(500);
            int version = round;
            stream.every(2, 1, at -> {
                List<Pmt.Stream> streams = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    streams.add(new Pmt.Stream(StreamType.AVC, random.nextInt(0x1FFF), List.of()));
                }
                byte[] pmt = new Pmt(Multiplex.PROGRAM, version, random.nextInt(0x1FFF), List.of(), streams).encode();
                stream.section(at, Multiplex.PMT_PID, pmt);
            });
            analysis.feed(stream.bytes());
            analysis.events.clear();
        }
        assertThat(analysis.end().errors()).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void findsNoErrorOfPriority1_inSamples(String name) {
        Analysis analysis = Analysis.of(TsSamples.bytes(name));

        assertThat(analysis.analyzer.counters().errorsOfPriority(1))
                .as(analysis.events.toString())
                .isZero();
        assertThat(analysis.analyzer.counters().isAssessed(Tr101290Check.PAT)).isTrue();
    }
}
