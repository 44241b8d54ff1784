// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static io.github.srtnetty.codec.mpegts.TsBytes.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TsPacketDecoderTest {
    private final TsPacketDecoder decoder = new TsPacketDecoder();
    private final List<Object> events = new ArrayList<>();

    @Test
    void passesADatagramOfWholePacketsOnWithoutACopy() {
        EmbeddedChannel channel = channel(decoder);
        ByteBuf first = pooled(numbered(7));
        ByteBuf second = pooled(numbered(7));

        channel.writeInbound(first, second);
        TsPackets one = channel.readInbound();
        TsPackets two = channel.readInbound();

        assertThat(one.count()).isEqualTo(7);
        assertThat(two.content()).isSameAs(second);
        assertThat(two.firstPacketIndex()).isEqualTo(7);
        one.release();
        two.release();
        assertThat(first.refCnt() + second.refCnt()).isZero();
    }

    @Test
    void usesABatchAgain_afterItsLastRelease() {
        EmbeddedChannel channel = channel(decoder);
        channel.writeInbound(pooled(numbered(7)), pooled(numbered(7)));
        channel.<TsPackets>readInbound().release();
        TsPackets second = channel.readInbound();
        second.release();

        channel.writeInbound(pooled(numbered(4)));
        TsPackets third = channel.readInbound();

        assertThat(third).isSameAs(second);
        assertThat(third.count()).isEqualTo(4);
        third.release();
    }

    @Test
    void joinsAPacketThatIsSpreadOverChunks() {
        byte[] stream = numbered(12);

        assertThat(decode(decoder, chunks(stream, 1000, 1, 2, 100, 500, 300, 353)))
                .isEqualTo(stream);
        assertThat(decoder.skippedBytes()).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void skipsGarbageBeforeTheFirstPacket() {
        byte[] stream = numbered(6);

        assertThat(decode(decoder, concat(filled(77, 0x11), stream))).isEqualTo(stream);
        assertThat(decoder.skippedBytes()).isEqualTo(77);
        assertThat(events).containsExactly(new TsSyncEvent(0, 77));
    }

    @Test
    void believesASyncByteOnlyAfterThreeMoreAtTheirPlaces() {
        byte[] garbage = filled(3 * 188, 0x11);
        garbage[0] = garbage[188] = garbage[376] = 0x47; // and none at 564: that is byte 1 of what follows
        byte[] stream = numbered(6);

        assertThat(decode(decoder, concat(garbage, bytes(0x11), stream))).isEqualTo(stream);
        assertThat(decoder.skippedBytes()).isEqualTo(565);
    }

    @Test
    void findsThePacketsAgain_afterGarbageInBetween() {
        byte[] before = numbered(8);
        byte[] after = numbered(9);

        assertThat(decode(decoder, concat(before, filled(50, 0x12), after))).isEqualTo(concat(before, after));
        assertThat(decoder.skippedBytes()).isEqualTo(50);
        assertThat(decoder.syncLosses()).isOne();
        assertThat(decoder.packets()).isEqualTo(17);
        assertThat(events).containsExactly(new TsSyncEvent(8, 50));
    }

    @Test
    void dropsAPacketWhoseSyncByteIsDamaged() {
        byte[] stream = numbered(10);
        byte[] damaged = stream.clone();
        damaged[4 * 188] = 0x00;

        assertThat(decode(decoder, damaged))
                .isEqualTo(concat(Arrays.copyOf(stream, 4 * 188), Arrays.copyOfRange(stream, 5 * 188, 10 * 188)));
        assertThat(decoder.skippedBytes()).isEqualTo(188);
    }

    @Test
    void deliversTheLastPackets_whenTheStreamEndsBeforeTheyAreConfirmed() {
        byte[] stream = numbered(2);

        assertThat(decode(decoder, concat(filled(3, 0x47), filled(3, 0), stream, bytes(0x47, 1, 2))))
                .isEqualTo(stream);
        assertThat(decoder.skippedBytes()).isEqualTo(9);
    }

    @Test
    void countsThePartOfAPacketAtTheEndAsSkipped() {
        byte[] stream = numbered(5);

        assertThat(decode(decoder, concat(stream, bytes(0x47, 0x01)))).isEqualTo(stream);
        assertThat(decoder.skippedBytes()).isEqualTo(2);
    }

    @Test
    void findsPacketsWithFourBytesBeforeEach() {
        TsPacketDecoder m2ts = new TsPacketDecoder(TsPacketFormat.M2TS_192);
        byte[] stream = numbered(9);

        assertThat(decode(m2ts, chunks(wrapped(stream, 4, 0), 500, 1228))).isEqualTo(stream);
        assertThat(m2ts.skippedBytes()).isZero();
    }

    @Test
    void findsPacketsWithSixteenBytesBehindEach() {
        TsPacketDecoder dvb = new TsPacketDecoder(TsPacketFormat.TS_204);
        byte[] stream = numbered(9);

        assertThat(decode(dvb, chunks(concat(filled(9, 1), wrapped(stream, 0, 16)), 845, 1000)))
                .isEqualTo(stream);
        assertThat(dvb.skippedBytes()).isEqualTo(9);
    }

    @Tag("slow")
    @Test
    void givesTheSamePackets_howeverTheBytesAreCut() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] stream = damaged(numbered(60), random);
            TsPacketDecoder whole = new TsPacketDecoder();
            TsPacketDecoder cut = new TsPacketDecoder();

            byte[] expected = decode(whole, stream);

            assertThat(decode(cut, randomChunks(stream, random)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(cut.skippedBytes()).as("seed %d", seed).isEqualTo(whole.skippedBytes());
            assertThat(cut.packets() * 188 + cut.skippedBytes())
                    .as("seed %d", seed)
                    .isEqualTo(stream.length);
        }
    }

    @Test
    void passesOtherMessagesOn() {
        EmbeddedChannel channel = channel(decoder);

        channel.writeInbound("hello");

        assertThat(channel.<String>readInbound()).isEqualTo("hello");
    }

    @Test
    void asksForMore_whenWhatWasReadMadeNoPacket() {
        int[] reads = {0};
        EmbeddedChannel channel = new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        reads[0]++;
                    }
                },
                decoder);
        channel.config().setAutoRead(false);
        reads[0] = 0;

        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x47}));
        int afterPart = reads[0];
        channel.writeInbound(Unpooled.wrappedBuffer(numbered(5), 1, 4 * 188));
        int afterPackets = reads[0];

        assertThat(afterPart).isOne();
        assertThat(afterPackets).isOne();
        channel.releaseInbound();
        channel.pipeline().remove(decoder);
        assertThat(decoder.skippedBytes()).isEqualTo(1);
    }

    private EmbeddedChannel channel(TsPacketDecoder decoder) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });
        channel.writeInbound(pooled(new byte[0]));
        return channel;
    }

    /** Feeds the chunks, closes, and returns the bytes of all packets that came out. */
    private byte[] decode(TsPacketDecoder decoder, byte[]... chunks) {
        EmbeddedChannel channel = channel(decoder);
        for (byte[] chunk : chunks) {
            channel.writeInbound(pooled(chunk));
        }
        channel.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (TsPackets packets = channel.readInbound(); packets != null; packets = channel.readInbound()) {
            for (int i = 0; i < packets.count(); i++) {
                byte[] packet = new byte[TsPacket.SIZE];
                packets.content().getBytes(packets.indexOf(i), packet);
                out.writeBytes(packet);
            }
            packets.release();
        }
        return out.toByteArray();
    }

    private static ByteBuf pooled(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(Math.max(1, bytes.length))
                .writeBytes(bytes);
    }

    private static byte[][] chunks(byte[] stream, int... sizes) {
        byte[][] chunks = new byte[sizes.length + 1][];
        int from = 0;
        for (int i = 0; i < sizes.length; i++) {
            chunks[i] = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + sizes[i]));
            from = Math.min(stream.length, from + sizes[i]);
        }
        chunks[sizes.length] = Arrays.copyOfRange(stream, from, stream.length);
        return chunks;
    }

    private static byte[][] randomChunks(byte[] stream, Random random) {
        int[] sizes = random.ints(40, 1, random.nextBoolean() ? 20 : 1400).toArray();
        return chunks(stream, sizes);
    }

    /** Cuts pieces out of the stream, puts garbage in, and overwrites bytes. */
    private static byte[] damaged(byte[] stream, Random random) {
        byte[] result = stream;
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(result.length);
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            int resume = Math.min(result.length, at + random.nextInt(300));
            result = concat(Arrays.copyOf(result, at), garbage, Arrays.copyOfRange(result, resume, result.length));
        }
        return result;
    }

    private static byte[] wrapped(byte[] stream, int before, int behind) {
        byte[] result = {};
        for (byte[] packet : TsBytes.split(stream)) {
            result = concat(result, filled(before, 0x47), packet, filled(behind, 0x47));
        }
        return result;
    }
}
