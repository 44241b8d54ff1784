// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged input is counted or reported; it throws nothing else, invents nothing and keeps nothing. */
class RobustnessTest {
    private static final int SPLICE_PID = 500;
    private static final String SAMPLE = "scte35.ts";
    private static final List<Bytes> EXPECTED = TsSamples.expectedSections(SAMPLE);
    private static final List<byte[]> PACKETS = TsBytes.split(TsSamples.bytes(SAMPLE)).stream()
            .filter(packet -> TsBytes.view(packet).pid() < 0x20
                    || isTableOrSplice(TsBytes.view(packet).pid()))
            .toList();

    private static boolean isTableOrSplice(int pid) {
        return pid == 0x1000 || pid == SPLICE_PID;
    }

    @Test
    void survives300_000RandomPackets() {
        Consumers consumers = new Consumers();
        byte[] packet = new byte[TsPacket.SIZE];
        ByteBuf buffer = Unpooled.wrappedBuffer(packet);
        Random random = new Random(20_260_101);

        for (int i = 0; i < 300_000; i++) {
            random.nextBytes(packet);
            packet[0] = TsPacket.SYNC_BYTE;
            packet[1] &= (byte) (i % 3 == 0 ? 0xFF : 0xE0); // two of three on a low PID
            packet[2] &= (byte) (i % 3 == 0 ? 0xFF : 0x01);
            packet[4] =
                    i % 2 == 0 ? (byte) random.nextInt(4) : packet[4]; // a pointer_field or a short adaptation field
            consumers.accept(new TsPacket().wrap(buffer, 0), i);
        }

        assertThat(consumers.errors).isGreaterThan(1000);
        assertThat(consumers.sections).isEmpty();
    }

    @Tag("slow")
    @Test
    void inventsNoSection_whenBitsFlip() {
        for (int seed = 0; seed < 2500; seed++) {
            Random random = new Random(seed);
            Consumers consumers = new Consumers();
            for (int i = 0; i < PACKETS.size(); i++) {
                byte[] packet = PACKETS.get(i).clone();
                for (int flips = random.nextInt(3); flips > 0; flips--) {
                    packet[1 + random.nextInt(60)] ^= (byte) (1 << random.nextInt(8));
                }
                consumers.accept(TsBytes.view(packet), i);
            }
            assertThat(EXPECTED).as("seed %d", seed).containsAll(consumers.sections);
        }
    }

    @Test
    void deliversEverySectionThatArrivedWhole_whenOnePacketInTwentyIsLost() {
        List<long[]> spans = spansOfSections();
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            Consumers consumers = new Consumers();
            boolean[] lost = new boolean[PACKETS.size()];
            for (int i = 0; i < lost.length; i++) {
                lost[i] = random.nextInt(20) == 0;
                for (int copies = lost[i] ? 0 : 1 + random.nextInt(10) / 9; copies > 0; copies--) {
                    consumers.accept(TsBytes.view(PACKETS.get(i)), i);
                }
            }
            List<Bytes> arrived = new ArrayList<>();
            for (int s = 0; s < spans.size(); s++) {
                if (arrivedWhole(spans.get(s), lost)) {
                    arrived.add(EXPECTED.get(s));
                }
            }
            assertThat(consumers.sections).as("seed %d", seed).isEqualTo(arrived);
        }
    }

    @Test
    void deliversExactlyTheWholeSections_whereverTheStreamIsCut() {
        byte[] stream = TsBytes.concat(PACKETS.toArray(byte[][]::new));
        List<long[]> spans = spansOfSections();
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            int from = random.nextInt(stream.length);
            int to = from + random.nextInt(stream.length - from + 1);
            Consumers consumers = new Consumers();
            EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), new Feeding(consumers));

            channel.writeInbound(Unpooled.copiedBuffer(stream, from, to - from));
            channel.finishAndReleaseAll();

            String where = "round " + round + ", bytes " + from + " to " + to;
            assertThat(consumers.sections).as(where).isEqualTo(sectionsBetween(spans, from, to));
        }
    }

    @Test
    void failsOnATable_onlyWithTheOneException() {
        Random random = new Random(99);
        Pat pat = new Pat(1, 0, List.of(new Pat.Program(1, 0x1000), new Pat.Program(2, 0x1001)));
        byte[] pmt = section(PACKETS, 0x1000);
        int failures = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = (i % 2 == 0 ? pat.encode().get(0) : pmt).clone();
            for (int k = 1 + random.nextInt(4); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                Section section = Section.of(0, 0, bytes);
                Object table = i % 2 == 0 ? Pat.decode(List.of(section)) : Pmt.decode(section);
                assertThat(table).isNotNull();
            } catch (MalformedDataException e) {
                failures++;
            }
        }
        assertThat(failures).isGreaterThan(1000);
    }

    @Test
    void holdsLessThanFourPackets_whateverComes() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder());
        channel.config().setAllocator(allocator);
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] chunk = new byte[1 + random.nextInt(300)];
            if (i % 2 == 0) {
                random.nextBytes(chunk);
            }
            Arrays.fill(chunk, 0, random.nextInt(chunk.length), (byte) TsPacket.SYNC_BYTE);

            channel.writeInbound(Unpooled.wrappedBuffer(chunk));
            channel.releaseInbound();

            assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                    .as("chunk %d", i)
                    .isLessThanOrEqualTo(2048);
        }
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private static List<Bytes> sectionsBetween(List<long[]> spans, int from, int to) {
        List<Bytes> sections = new ArrayList<>();
        for (int s = 0; s < spans.size(); s++) {
            if (spans.get(s)[0] * TsPacket.SIZE >= from && (spans.get(s)[1] + 1) * TsPacket.SIZE <= to) {
                sections.add(EXPECTED.get(s));
            }
        }
        return sections;
    }

    /** For each section of the sample the first and the last packet that it needs. */
    private static List<long[]> spansOfSections() {
        List<long[]> spans = new ArrayList<>();
        long[] now = {0};
        SectionAssembler assembler =
                new SectionAssembler(SPLICE_PID, section -> spans.add(new long[] {section.packetIndex(), now[0]}));
        for (int i = 0; i < PACKETS.size(); i++) {
            TsPacket packet = TsBytes.view(PACKETS.get(i));
            if (packet.pid() == SPLICE_PID) {
                now[0] = i;
                assembler.accept(packet, i);
            }
        }
        assertThat(spans).hasSameSizeAs(EXPECTED);
        return spans;
    }

    private static boolean arrivedWhole(long[] span, boolean[] lost) {
        for (long i = span[0]; i <= span[1]; i++) {
            if (lost[(int) i] && TsBytes.view(PACKETS.get((int) i)).pid() == SPLICE_PID) {
                return false;
            }
        }
        return true;
    }

    private static byte[] section(List<byte[]> packets, int pid) {
        List<byte[]> found = new ArrayList<>();
        SectionAssembler assembler = new SectionAssembler(pid, section -> found.add(section.toByteArray()));
        for (byte[] packet : packets) {
            if (TsBytes.view(packet).pid() == pid) {
                assembler.accept(TsBytes.view(packet), 0);
            }
        }
        return found.get(0);
    }

    /** Everything that looks at packets, and an assembler of its own for the splice PID and for the low PIDs. */
    private static final class Consumers implements SectionListener {
        final List<Bytes> sections = new ArrayList<>();
        final ContinuityChecker checker = new ContinuityChecker();
        final TsStatistics statistics = new TsStatistics();
        final SectionAssembler splices = new SectionAssembler(SPLICE_PID, this);
        final SectionAssembler low = new SectionAssembler(1, this);
        final PsiTracker tracker = new PsiTracker(new PsiListener() {
            @Override
            public void onPsiError(SectionError error) {
                errors++;
            }
        });
        int errors;

        void accept(TsPacket packet, long packetIndex) {
            checker.check(packet);
            statistics.accept(packet, packetIndex);
            tracker.accept(packet, packetIndex);
            PesHeader.decode(packet);
            int privateEnd = packet.transportPrivateDataIndex() + packet.transportPrivateDataLength();
            assertThat(packet.transportPrivateDataLength() == 0 || privateEnd <= packet.endIndex())
                    .isTrue();
            assertThat(packet.payloadLength()).isBetween(0, 184);
            if (packet.pid() == SPLICE_PID) {
                splices.accept(packet, packetIndex);
            } else if (packet.pid() == 1) {
                low.accept(packet, packetIndex);
            }
        }

        @Override
        public void onSection(Section section) {
            if (section.tableId() == 0xFC) {
                sections.add(section.toBytes());
            }
        }

        @Override
        public void onSectionError(SectionError error) {
            errors++;
        }
    }

    private static final class Feeding extends TsPacketInspector {
        private final Consumers consumers;

        Feeding(Consumers consumers) {
            this.consumers = consumers;
        }

        @Override
        protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
            consumers.accept(packet, packetIndex);
        }
    }
}
