// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cut at any byte, joined at any packet, with packets lost: nothing is invented, nothing that came whole is missed. */
class DamagedStreamTest {
    private final long seed = Long.getLong("srtnetty.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    private final byte[] stream = smallStream();
    private final int packets = stream.length / TsPacket.SIZE;
    private final Map<Long, SpliceInfoSection> whole = new HashMap<>();
    private final Map<Long, Integer> lengths = new HashMap<>();

    DamagedStreamTest() {
        System.out.println("DamagedStreamTest: -Dsrtnetty.seed=" + seed);
        for (Scte35Cue cue : Streams.cuesOf(stream)) {
            whole.put(cue.packetIndex(), cue.section());
            int payload = 1 + cue.section().bytes().length();
            lengths.put(cue.packetIndex(), (payload + 183) / 184);
        }
        assertThat(whole).hasSize(300);
    }

    /** 300 cues of one to six packets, tables and pictures between them. */
    private static byte[] smallStream() {
        List<Samples.Cue> cues = OracleTest.goodCues().stream()
                .filter(cue -> cue.bytes().length() < 1200)
                .toList();
        Streams stream = new Streams();
        for (int i = 0; i < 300; i++) {
            if (i % 5 == 0) {
                stream.tables(Streams.standardTable());
            }
            stream.video(90_000L + 3600L * i);
            Samples.Cue cue = cues.get((i * 7) % cues.size());
            SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT);
            boolean own = section.tableId() == 0xFC && !section.sectionSyntaxIndicator();
            stream.cue(own ? section.withPtsAdjustment(i) : heartbeat(i)).nulls(2);
        }
        return stream.toArray();
    }

    private static SpliceInfoSection heartbeat(int i) {
        return SpliceInfoSection.builder(SpliceNull.INSTANCE).ptsAdjustment(i).build();
    }

    @Tag("slow")
    @Test
    void deliversWhatIsWhole_whenCutAtAnyByte() {
        for (int round = 0; round < 300; round++) {
            int end = random.nextInt(stream.length + 1);
            byte[] cut = Bytes.copyOf(stream, 0, end).toArray();
            int left = end / TsPacket.SIZE;
            check(cut, IntStream.range(0, left).boxed().toList(), "cut at byte " + end);
        }
    }

    @Test
    void deliversWhatIsWhole_whenJoinedAtAnyPacket() {
        for (int round = 0; round < 300; round++) {
            int from = random.nextInt(packets);
            byte[] rest = Bytes.copyOf(stream, from * TsPacket.SIZE, stream.length - from * TsPacket.SIZE)
                    .toArray();
            check(rest, IntStream.range(from, packets).boxed().toList(), "joined at packet " + from);
        }
    }

    @Tag("slow")
    @Test
    void deliversWhatIsWhole_withFivePercentOfThePacketsLost() {
        for (int round = 0; round < 300; round++) {
            List<Integer> kept = new ArrayList<>();
            ByteBuf out = Unpooled.buffer();
            for (int i = 0; i < packets; i++) {
                if (random.nextInt(100) >= 5) {
                    kept.add(i);
                    out.writeBytes(stream, i * TsPacket.SIZE, TsPacket.SIZE);
                }
            }
            check(Bytes.copyOf(out).toArray(), kept, "5 % lost, round " + round);
        }
    }

    /**
     * Compares with what the kept packets must give: every cue whose packets all came after PAT and PMT, and no other.
     */
    private void check(byte[] damaged, List<Integer> kept, String what) {
        List<SpliceInfoSection> expected = new ArrayList<>();
        Set<Integer> set = Set.copyOf(kept);
        int known = firstKnown(set);
        for (int index : kept) {
            SpliceInfoSection section = whole.get((long) index);
            if (section != null
                    && index > known
                    && IntStream.range(index, index + lengths.get((long) index)).allMatch(set::contains)) {
                expected.add(section);
            }
        }
        List<SpliceInfoSection> actual =
                Streams.cuesOf(damaged).stream().map(Scte35Cue::section).collect(Collectors.toList());
        assertThat(actual).as("seed %d, %s", seed, what).isEqualTo(expected);
    }

    /**
     * Returns the packet with which the splice PID is known: the first PMT behind a PAT; all packets when there is
     * none.
     */
    private int firstKnown(Set<Integer> kept) {
        TsPacket packet = new TsPacket();
        ByteBuf bytes = Unpooled.wrappedBuffer(stream);
        boolean pat = false;
        for (int i = 0; i < packets; i++) {
            int pid = packet.wrap(bytes, i * TsPacket.SIZE).pid();
            if (kept.contains(i) && pid == 0) {
                pat = true;
            } else if (kept.contains(i) && pat && pid == Streams.PMT_PID) {
                return i;
            }
        }
        return packets;
    }
}
