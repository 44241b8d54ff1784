// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sections packed as tightly as 13818-1 allows and SCTE 35 does not: several in a packet, pointer_fields, headers split
 * over two packets, padding by adaptation field, every packet perhaps twice, some lost.
 */
@Tag("slow")
class PackedStreamTest {
    private final long seed = Long.getLong("srtnetty.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** A section with the number of the first and the last packet that it lies in. */
    private record Placed(SpliceInfoSection section, int first, int last) {}

    @Test
    void yieldsEveryCueOfAPackedStream() {
        for (int round = 0; round < 200; round++) {
            check(0);
        }
    }

    @Test
    void yieldsTheWholeCuesOfAPackedStream_withPacketsLost() {
        for (int round = 0; round < 400; round++) {
            check(10);
        }
    }

    private void check(int percentLost) {
        List<SpliceInfoSection> sections = sections();
        List<Placed> placed = new ArrayList<>();
        List<TsPacketBuilder> packets = pack(sections, placed);
        boolean[] lost = new boolean[packets.size()];
        Streams stream = new Streams().tables(Streams.standardTable());
        for (int i = 0; i < lost.length; i++) {
            lost[i] = random.nextInt(100) < percentLost;
            for (int copies = lost[i] ? 0 : random.nextInt(1, 3); copies > 0; copies--) {
                stream.packet(packets.get(i));
            }
            stream.nulls(1);
        }
        List<SpliceInfoSection> expected = placed.stream()
                .filter(place -> !isAnyLost(lost, place))
                .map(Placed::section)
                .toList();
        assertThat(Streams.cuesOf(stream.toArray()))
                .as("-Dsrtnetty.seed=%d", seed)
                .extracting(Scte35Cue::section)
                .isEqualTo(expected);
    }

    private static boolean isAnyLost(boolean[] lost, Placed place) {
        for (int i = place.first; i <= place.last; i++) {
            if (lost[i]) {
                return true;
            }
        }
        return false;
    }

    private List<SpliceInfoSection> sections() {
        List<Samples.Cue> cues = OracleTest.goodCues();
        List<SpliceInfoSection> sections = new ArrayList<>();
        while (sections.size() < 12) {
            SpliceInfoSection section = SpliceInfoSection.decode(
                    cues.get(random.nextInt(cues.size())).bytes(), DecodeOptions.STRICT);
            if (section.tableId() == 0xFC && !section.sectionSyntaxIndicator()) {
                sections.add(section.withPtsAdjustment(sections.size()));
            }
        }
        return sections;
    }

    /** Fills packets with the sections end to end; a packet in which one starts has a pointer_field. */
    private List<TsPacketBuilder> pack(List<SpliceInfoSection> sections, List<Placed> placed) {
        ByteBuf bytes = Unpooled.buffer();
        int[] starts = new int[sections.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = bytes.writerIndex();
            bytes.writeBytes(sections.get(i).bytes().toArray());
        }
        int end = bytes.writerIndex();
        int[] packetOf = new int[end];
        List<TsPacketBuilder> packets = new ArrayList<>();
        for (int from = 0; from < end; ) {
            int room = random.nextInt(2, 184);
            int start = firstStart(starts, from, from + room);
            int to = Math.min(end, from + (start < 0 ? room + 1 : room));
            for (int i = from; i < to; i++) {
                packetOf[i] = packets.size();
            }
            packets.add(packet(bytes, from, to, start, packets.size()));
            from = to;
        }
        for (int i = 0; i < starts.length; i++) {
            int last = (i + 1 < starts.length ? starts[i + 1] : end) - 1;
            placed.add(new Placed(sections.get(i), packetOf[starts[i]], packetOf[last]));
        }
        return packets;
    }

    private static int firstStart(int[] starts, int from, int to) {
        for (int start : starts) {
            if (start >= from && start <= to) {
                return start;
            }
        }
        return -1;
    }

    private static TsPacketBuilder packet(ByteBuf bytes, int from, int to, int start, int counter) {
        boolean starts = start >= 0 && start < to;
        ByteBuf payload = Unpooled.buffer();
        if (starts) {
            payload.writeByte(start - from);
        }
        payload.writeBytes(bytes, from, to - from);
        return new TsPacketBuilder()
                .pid(Streams.SPLICE_PID)
                .payloadUnitStartIndicator(starts)
                .continuityCounter(counter)
                .payload(Bytes.copyOf(payload).toArray());
    }
}
