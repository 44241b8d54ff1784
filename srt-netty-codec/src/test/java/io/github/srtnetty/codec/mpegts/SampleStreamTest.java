// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SampleStreamTest {
    static final List<String> SAMPLES = TsSamples.NAMES;

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void yieldsExactlyTheExpectedSpliceSections(String name) {
        Demux demux = new Demux();

        demux.feed(TsSamples.bytes(name), 1316);

        assertThat(demux.sections).isEqualTo(TsSamples.expectedSections(name));
        assertThat(demux.errors)
                .extracting(SectionError::reason)
                .containsExactlyElementsOf(
                        name.equals("scte35-bad-crc.ts") ? List.of(SectionError.Reason.BAD_CRC) : List.of());
    }

    @Tag("slow")
    @ParameterizedTest
    @FieldSource("SAMPLES")
    void yieldsTheSameInAnyChunking(String name) {
        for (int seed = 0; seed < 8; seed++) {
            Demux whole = new Demux();
            Demux chunked = new Demux();

            whole.feed(TsSamples.bytes(name), Integer.MAX_VALUE);
            chunked.feedRandomly(TsSamples.bytes(name), new Random(seed));

            assertThat(chunked.sections).as("seed %d", seed).isEqualTo(whole.sections);
            assertThat(chunked.tables).as("seed %d", seed).isEqualTo(whole.tables);
            assertThat(chunked.packetCount).as("seed %d", seed).isEqualTo(whole.packetCount);
        }
    }

    /** The pipeline of a receiver, with an assembler on every PID that has stream_type 0x86. */
    private static final class Demux {
        final List<Bytes> sections = new ArrayList<>();
        final List<SectionError> errors = new ArrayList<>();
        final List<Object> tables = new ArrayList<>();
        final SectionAssembler[] assemblers = new SectionAssembler[TsPacket.PID_COUNT];
        final EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), new PsiHandler());
        final TsPacket packet = new TsPacket();
        long packetCount;

        void feed(byte[] bytes, int chunk) {
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(chunk, bytes.length - from);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, from, length));
                drain();
                from += length;
            }
            channel.finish();
            drain();
        }

        void feedRandomly(byte[] bytes, Random random) {
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 10 : 3000), bytes.length - from);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, from, length));
                from += length;
                drain();
            }
            channel.finish();
            drain();
        }

        private void drain() {
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                if (message instanceof TsPackets packets) {
                    read(packets);
                } else {
                    tables.add(message);
                    Stream.of(message)
                            .filter(Pmt.class::isInstance)
                            .flatMap(pmt -> ((Pmt) pmt).streams().stream())
                            .filter(stream -> stream.streamType() == StreamType.SCTE35)
                            .forEach(stream -> listenTo(stream.elementaryPid()));
                }
            }
        }

        private void listenTo(int pid) {
            assemblers[pid] = new SectionAssembler(pid, new SectionListener() {
                @Override
                public void onSection(Section section) {
                    sections.add(section.toBytes());
                }

                @Override
                public void onSectionError(SectionError error) {
                    errors.add(error);
                }
            });
        }

        private void read(TsPackets packets) {
            packetCount += packets.count();
            for (int i = 0; i < packets.count(); i++) {
                packet.wrap(packets, i);
                SectionAssembler assembler = assemblers[packet.pid()];
                if (assembler != null) {
                    assembler.accept(packet, packets.firstPacketIndex() + i);
                }
            }
            packets.release();
        }
    }
}
