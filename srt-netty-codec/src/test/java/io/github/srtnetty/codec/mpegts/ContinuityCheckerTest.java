// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.ContinuityChecker.Result.CONTINUOUS;
import static io.github.srtnetty.codec.mpegts.ContinuityChecker.Result.DISCONTINUITY;
import static io.github.srtnetty.codec.mpegts.ContinuityChecker.Result.DUPLICATE;
import static io.github.srtnetty.codec.mpegts.ContinuityChecker.Result.LOSS;
import static io.github.srtnetty.codec.mpegts.ContinuityChecker.Result.NOT_CHECKED;
import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static io.github.srtnetty.codec.mpegts.TsBytes.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContinuityCheckerTest {
    private final ContinuityChecker checker = new ContinuityChecker();

    @Test
    void followsTheCounterOfEachPidRoundAndRound() {
        for (int i = 0; i < 40; i++) {
            assertThat(check(packet(0x100, i))).isEqualTo(CONTINUOUS);
            assertThat(check(packet(0x101, i + 7))).isEqualTo(CONTINUOUS);
        }
        assertThat(checker.losses()).isZero();
    }

    @Test
    void countsMissingPackets() {
        check(packet(0x100, 14));

        assertThat(check(packet(0x100, 2))).isEqualTo(LOSS);
        assertThat(checker.missing()).isEqualTo(3);
        assertThat(check(packet(0x100, 3))).isEqualTo(CONTINUOUS);
        assertThat(check(packet(0x100, 5))).isEqualTo(LOSS);
        assertThat(checker.lostPackets()).isEqualTo(4);
        assertThat(checker.losses()).isEqualTo(2);
    }

    @Test
    void takesTheSamePacketAgainForADuplicate_thoughItsPcrDiffers() {
        TsPacketBuilder builder = new TsPacketBuilder().pid(0x100).continuityCounter(5);
        byte[] first = TsBytes.built(builder.pcr27M(1000).payload(filled(100, 1)));
        byte[] again = TsBytes.built(builder.pcr27M(2000));

        check(first);

        assertThat(check(again)).isEqualTo(DUPLICATE);
        assertThat(checker.duplicates()).isOne();
        assertThat(check(packet(0x100, 6))).isEqualTo(CONTINUOUS);
    }

    @Test
    void takesTheSameCounterWithOtherBytesForALossOf15() {
        check(TsBytes.packet(0x100, 5, false, filled(184, 1)));

        assertThat(check(TsBytes.packet(0x100, 5, false, filled(184, 2)))).isEqualTo(LOSS);
        assertThat(checker.missing()).isEqualTo(15);
    }

    @Test
    void allowsAJumpThatIsAnnounced() {
        TsPacketBuilder builder = new TsPacketBuilder().pid(0x100).payload(filled(100, 1));
        check(TsBytes.built(builder.continuityCounter(5)));

        assertThat(check(TsBytes.built(builder.continuityCounter(11).discontinuityIndicator(true))))
                .isEqualTo(DISCONTINUITY);
        assertThat(checker.discontinuities()).isOne();
        assertThat(check(packet(0x100, 12))).isEqualTo(CONTINUOUS);
    }

    @Test
    void doesNotCountPacketsWithoutPayload() {
        check(packet(0x100, 5));
        byte[] clockOnly = TsBytes.built(
                new TsPacketBuilder().pid(0x100).continuityCounter(5).pcr27M(1));

        assertThat(check(clockOnly)).isEqualTo(CONTINUOUS);
        assertThat(check(clockOnly)).isEqualTo(CONTINUOUS);
        assertThat(check(packet(0x100, 6))).isEqualTo(CONTINUOUS);
    }

    @Test
    void findsALoss_beforeAPacketWithoutPayload() {
        check(packet(0x100, 5));

        assertThat(check(TsBytes.built(new TsPacketBuilder().pid(0x100).continuityCounter(7))))
                .isEqualTo(LOSS);
        assertThat(checker.missing()).isEqualTo(2);
        assertThat(check(packet(0x100, 8))).isEqualTo(CONTINUOUS);
    }

    @Test
    void ignoresNullPacketsAndDamagedOnes() {
        check(packet(0x100, 5));
        byte[] damaged = packet(0x100, 9);
        damaged[1] |= (byte) 0x80;

        assertThat(check(packet(TsPacket.NULL_PID, 3))).isEqualTo(NOT_CHECKED);
        assertThat(check(packet(TsPacket.NULL_PID, 3))).isEqualTo(NOT_CHECKED);
        assertThat(check(damaged)).isEqualTo(NOT_CHECKED);
        assertThat(checker.transportErrors()).isOne();
        assertThat(check(packet(0x100, 6))).isEqualTo(CONTINUOUS);
    }

    @Test
    void countsHeadersThatCannotBe() {
        byte[] reserved = concat(bytes(0x47, 0x01, 0x00, 0x05), filled(184, 0));
        byte[] tooLong = concat(bytes(0x47, 0x01, 0x00, 0x35, 184), filled(183, 0));

        assertThat(check(reserved)).isEqualTo(NOT_CHECKED);
        assertThat(check(tooLong)).isEqualTo(NOT_CHECKED);
        assertThat(checker.malformedPackets()).isEqualTo(2);
    }

    @Test
    void startsAnew_afterAReset() {
        check(packet(0x100, 5));

        checker.reset();

        assertThat(check(packet(0x100, 9))).isEqualTo(CONTINUOUS);
    }

    @Test
    void findsTheSameInABatchAsPacketByPacket() {
        for (int seed = 0; seed < 200; seed++) {
            byte[] stream = randomPackets(new Random(seed));
            ContinuityChecker batched = new ContinuityChecker();
            ContinuityChecker single = new ContinuityChecker();
            List<Long> batchedLosses = new ArrayList<>();
            List<Long> singleLosses = new ArrayList<>();
            TsPackets packets = TsPackets.of(Unpooled.wrappedBuffer(stream), TsPacketFormat.TS_188, 1000);

            batched.check(packets, (packet, index) -> batchedLosses.add(index));
            for (int i = 0; i < packets.count(); i++) {
                if (single.check(new TsPacket().wrap(packets, i)) == LOSS) {
                    singleLosses.add(1000L + i);
                }
            }

            assertThat(batchedLosses).as("seed %d", seed).isEqualTo(singleLosses);
            assertThat(batched.lostPackets()).isEqualTo(single.lostPackets());
            assertThat(batched.duplicates()).isEqualTo(single.duplicates());
            assertThat(batched.discontinuities()).isEqualTo(single.discontinuities());
        }
    }

    @Test
    void tellsThePipelineOfALoss_beforeTheBatch() {
        List<Object> seen = new ArrayList<>();
        ContinuityHandler handler = new ContinuityHandler();
        EmbeddedChannel channel = new EmbeddedChannel(handler, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                seen.add(msg);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                seen.add(event);
            }
        });
        TsPackets batch = TsPackets.of(Unpooled.wrappedBuffer(packet(0x100, 1), packet(0x100, 4)));

        channel.writeInbound("other", batch);

        assertThat(seen).containsExactly("other", new ContinuityLoss(0x100, 1, 2), batch);
        assertThat(handler.checker().losses()).isOne();
        batch.release();
    }

    private ContinuityChecker.Result check(byte[] packet) {
        return checker.check(view(packet));
    }

    private static byte[] packet(int pid, int counter) {
        return TsBytes.packet(pid, counter, false, filled(184, counter & 0xF));
    }

    private static byte[] randomPackets(Random random) {
        byte[][] packets = new byte[50][];
        int counter = 0;
        for (int i = 0; i < packets.length; i++) {
            counter += random.nextInt(10) == 0 ? random.nextInt(16) : 1;
            packets[i] = TsBytes.built(new TsPacketBuilder()
                    .pid(0x100 + random.nextInt(2))
                    .continuityCounter(counter)
                    .discontinuityIndicator(random.nextInt(10) == 0)
                    .payload(filled(random.nextBoolean() ? 182 : 100, random.nextInt(2))));
            packets[i][3] ^= random.nextInt(20) == 0 ? (byte) (random.nextInt(4) << 4) : 0;
            packets[i][1] |= random.nextInt(20) == 0 ? (byte) 0x80 : 0;
        }
        return concat(packets);
    }
}
