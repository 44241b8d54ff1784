// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PidHandlersTest {
    @Test
    void passesABatchOnUntouched_whenAllOfItPasses() {
        EmbeddedChannel channel = new EmbeddedChannel(PidFilter.droppingNullPackets());
        TsPackets batch = batch(0, 1, 2);

        channel.writeInbound(batch);

        assertThat(channel.<TsPackets>readInbound()).isSameAs(batch);
        batch.release();
    }

    @Test
    void dropsNullPackets_andKeepsTheNumbersOfTheOthers() {
        PidFilter filter = PidFilter.droppingNullPackets();

        List<String> passed = pids(filter, batch(0x1FFF, 1, 2, 0x1FFF, 0x1FFF, 3, 0x1FFF));

        assertThat(passed).containsExactly("1@101 2@102", "3@105");
        assertThat(filter.droppedPackets()).isEqualTo(4);
    }

    @Test
    void keepsOnlyTheChosenPids_whichMayChange() {
        PidFilter filter = PidFilter.keeping(1).keep(2).drop(1);

        assertThat(pids(filter, batch(1, 2, 3))).containsExactly("2@101");
        assertThat(pids(PidFilter.keeping(2), batch(1, 3))).isEmpty();
        assertThatThrownBy(() -> filter.keep(8192)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesPacketsAnotherPid_andLeavesTheReceivedBytesAlone() {
        TsPackets batch = batch(1, 0x1234, 3);
        batch.content().setByte(batch.indexOf(1) + 1, 0xE0 | 0x12); // all three flags set
        ByteBuf received = batch.content().retain();
        EmbeddedChannel channel = new EmbeddedChannel(new PidRemapper(Map.of(0x1234, 0x0ABC)));

        channel.writeInbound(batch);
        TsPackets changed = channel.readInbound();

        TsPacket packet = new TsPacket().wrap(changed, 1);
        assertThat(packet.pid()).isEqualTo(0x0ABC);
        assertThat(packet.transportErrorIndicator()).isTrue();
        assertThat(packet.transportPriority()).isTrue();
        assertThat(packet.payloadUnitStartIndicator()).isTrue();
        assertThat(new TsPacket().wrap(changed, 0).pid()).isEqualTo(1);
        assertThat(changed.firstPacketIndex()).isEqualTo(100);
        assertThat(new TsPacket().wrap(received, 188).pid()).isEqualTo(0x1234);
        changed.release();
        assertThat(received.release()).isTrue();
    }

    @Test
    void passesABatchWithoutMappedPidsOn() {
        EmbeddedChannel channel = new EmbeddedChannel(new PidRemapper(Map.of(9, 10)));
        TsPackets batch = batch(1, 2);

        channel.writeInbound(batch);

        assertThat(channel.<TsPackets>readInbound()).isSameAs(batch);
        batch.release();
    }

    @Test
    void refusesToMapWhatIsNoPid() {
        assertThatThrownBy(() -> new PidRemapper(Map.of(1, 8192))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void firesPacketsOneByOne() {
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketSplitter());

        channel.writeInbound(batch(5, 6), "other");

        ByteBuf first = channel.readInbound();
        ByteBuf second = channel.readInbound();
        assertThat(new TsPacket().wrap(first, first.readerIndex()).pid()).isEqualTo(5);
        assertThat(new TsPacket().wrap(second, second.readerIndex()).pid()).isEqualTo(6);
        assertThat(second.readableBytes()).isEqualTo(188);
        assertThat(channel.<String>readInbound()).isEqualTo("other");
        first.release();
        assertThat(second.release()).isTrue();
    }

    @Test
    void releasesTheBatch_whenAnInspectorThrows() {
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketInspector() {
            @Override
            protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
                throw new IllegalStateException("packet " + packetIndex);
            }
        });
        TsPackets batch = batch(5, 6);

        assertThatThrownBy(() -> channel.writeInbound(batch)).hasMessage("packet 100");
        assertThat(batch.refCnt()).isZero();
    }

    @Test
    void countsPacketsClocksAndRates() {
        TsStatisticsHandler handler = new TsStatisticsHandler();
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        for (int second = 0; second < 5; second++) {
            byte[] clock = TsBytes.built(new TsPacketBuilder()
                    .pid(0x100)
                    .payloadUnitStartIndicator(true)
                    .pcr27M(27_000_000L * second - 27_000_000L) // over the wrap
                    .payload(filled(10, 1)));
            channel.writeInbound(TsPackets.of(
                    pooled(concat(clock, packets(0x100, 0x101, 0x1FFF))), TsPacketFormat.TS_188, 4 * second));
        }
        channel.releaseInbound();
        TsStatistics statistics = handler.statistics();

        assertThat(statistics.packets()).isEqualTo(20);
        assertThat(statistics.pids()).extracting(PidStatistics::pid).containsExactly(0x100, 0x101, 0x1FFF);
        assertThat(statistics.bitsPerSecond()).isEqualTo(4 * 188 * 8);
        assertThat(statistics.bitsPerSecond(0x101)).isEqualTo(188 * 8);
        assertThat(statistics.bitsPerSecond(0x102)).isZero();
        PidStatistics video = statistics.pid(0x100);
        assertThat(video.packets()).isEqualTo(10);
        assertThat(video.unitStarts()).isEqualTo(5);
        assertThat(video.scrambledPackets()).isZero();
        assertThat(video.pcrs()).isEqualTo(5);
        assertThat(video.pcrJumps()).isZero();
        assertThat(video.lastPcr27M()).isEqualTo(3 * 27_000_000);
        assertThat(video.leastPcrStep27M()).isEqualTo(27_000_000);
        assertThat(video.greatestPcrStep27M()).isEqualTo(27_000_000);
        assertThat(video.greatestPcrDeviation27M()).isZero();
        assertThat(statistics.pid(0x102)).isNull();
    }

    @Test
    void leavesStepsOverAJumpOutOfTheRates() {
        TsStatistics statistics = new TsStatistics();
        TsPacketBuilder builder = new TsPacketBuilder().pid(0x100);
        long[] clocks = {0, 2_700_000, 27_000_000_000L, 27_002_700_000L, 5, 2_700_005};

        for (int i = 0; i < clocks.length; i++) {
            statistics.accept(TsBytes.view(TsBytes.built(builder.pcr27M(clocks[i]))), 10 * i);
        }

        assertThat(statistics.pid(0x100).pcrJumps()).isEqualTo(2);
        assertThat(statistics.pid(0x100).greatestPcrStep27M()).isEqualTo(2_700_000);
        assertThat(statistics.bitsPerSecond()).isEqualTo(10 * 188 * 8 * 10);
    }

    /** Each message as its packets' PIDs and numbers. */
    private static List<String> pids(ChannelHandler handler, TsPackets batch) {
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        channel.writeInbound(batch);
        List<String> messages = new ArrayList<>();
        for (TsPackets packets = channel.readInbound(); packets != null; packets = channel.readInbound()) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < packets.count(); i++) {
                names.add(new TsPacket().wrap(packets, i).pid() + "@" + (packets.firstPacketIndex() + i));
            }
            messages.add(String.join(" ", names));
            packets.release();
        }
        assertThat(batch.refCnt()).isZero();
        return messages;
    }

    private static TsPackets batch(int... pids) {
        return TsPackets.of(pooled(packets(pids)), TsPacketFormat.TS_188, 100);
    }

    private static byte[] packets(int... pids) {
        byte[] all = {};
        for (int pid : pids) {
            all = concat(all, TsBytes.packet(pid, 0, false));
        }
        return all;
    }

    private static ByteBuf pooled(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }
}
