// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.codec.bits.BufferMemory;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.relay.stream.QueueCost;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads of one byte, as a hostile peer may send: no output keeps more of them than its memory allows. */
class QueueMemoryTest {
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int MOST_ENTRIES = MediaSink.QUEUE_BYTES / QueueCost.ENTRY_BYTES;
    private static final int MANY = 200_000;
    /**
     * What a pipe and the writer's own buffers take before the queue fills: 64 KiB each by default, with room to spare.
     */
    private static final int BEHIND_THE_QUEUE = 160 << 10;

    @TempDir
    Path folder;

    /** Returns a payload as a live channel reads it: one byte in a buffer that could hold the longest. */
    private static ByteBuf oneByte() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_PAYLOAD).writeByte(7);
    }

    @Test
    void aPayloadCostsTheMemoryThatItHolds_alsoAsASlice_orInAMessage() {
        ByteBuf payload = oneByte();
        int cost = LONGEST_PAYLOAD + QueueCost.ENTRY_BYTES;

        assertThat(QueueCost.of(payload)).isEqualTo(cost);
        assertThat(QueueCost.of(payload.slice())).isEqualTo(cost);
        assertThat(QueueCost.of(payload.duplicate())).isEqualTo(cost);
        assertThat(QueueCost.ESTIMATOR.newHandle().size(payload)).isEqualTo(cost);
        assertThat(QueueCost.ESTIMATOR.newHandle().size(new DatagramPacket(payload, new InetSocketAddress(1))))
                .isEqualTo(cost);
        payload.release();
    }

    @Test
    void aSmallPayloadIsCopiedOutOfItsBuffer_andABigOneIsNot() {
        List<ByteBuf> taken = new ArrayList<>();
        Transmission fanOut =
                new Transmission(new StubSource(true), List.of(new Taking(taken), new Taking(taken)), failure -> {});
        ByteBuf small = oneByte();
        ByteBuf big =
                PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_PAYLOAD).writeZero(1316);
        long address = big.memoryAddress();

        fanOut.payload(small, Intake.NO_TIME);
        fanOut.payload(big, Intake.NO_TIME);

        assertThat(small.refCnt()).isZero();
        assertThat(taken).hasSize(4);
        assertThat(taken.get(0).readByte()).isEqualTo((byte) 7);
        assertThat(BufferMemory.heldBytes(taken.get(0))).isEqualTo(1);
        assertThat(BufferMemory.heldBytes(taken.get(1))).isEqualTo(1);
        assertThat(taken.get(2).memoryAddress()).isEqualTo(address);
        taken.forEach(ByteBuf::release);
    }

    @Test
    void aFileOutputKeepsAsManyPayloadsAsItsMemoryAllows_whenNobodyReads() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        OutputStreamSink output = new OutputStreamSink(pipe);
        FileChannel reader = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE); // reads nothing
        try (reader) {
            output.open();
            long offered = 0;
            do { // the writer makes room once more for each payload that it takes, until the pipe is full too
                feed(output);
                offered += MANY;
            } while (output.hasRoom());
            assertThat(offered - output.dropped()).isLessThanOrEqualTo(MOST_ENTRIES + BEHIND_THE_QUEUE);
            assertThat(output.dropped()).isPositive();
        }
        assertThatThrownBy(() -> output.ended().get(20, TimeUnit.SECONDS)).hasMessageContaining("Broken pipe");
        Await.until("nothing is kept for a file that cannot be written", output::hasRoom);
    }

    @Tag("slow")
    @Test
    void aUdpOutputKeepsAsManyPayloadsAsItsMemoryAllows() throws Exception {
        try (DatagramSocket intake = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Loops loops = new Loops()) {
            UdpSink output =
                    new UdpSink(UdpAddressParser.parse("udp://127.0.0.1:" + intake.getLocalPort()), loops.udp());
            output.open();
            feed(output); // without a flush all of it waits
            assertThat(MANY - output.dropped()).isBetween(1L, (long) MOST_ENTRIES);
            output.finish().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anSrtOutputKeepsAsManyPayloadsAsItsMemoryAllows() throws Exception {
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(new Recorder()));
            SrtUri uri = SrtUri.parse("srt://127.0.0.1:" + loopback.address().getPort());
            SrtSink output = new SrtSink(
                    uri, loopback.group(), new MediaOptions(true, false, 1316, MediaOptions.Pace.FULL_SPEED));
            output.open();
            output.ready().get(20, TimeUnit.SECONDS);
            feed(output); // without a flush all of it waits
            assertThat(MANY - output.dropped()).isBetween(1L, (long) MOST_ENTRIES);
            output.channel().close().get(20, TimeUnit.SECONDS);
        }
    }

    private static void feed(MediaSink output) {
        Transmission fanOut = new Transmission(new StubSource(true), List.of(output), failure -> {});
        for (int i = 0; i < MANY; i++) {
            fanOut.payload(Unpooled.buffer(1).writeByte(7), Intake.NO_TIME);
        }
    }

    /** Keeps what it is given. */
    private record Taking(List<ByteBuf> taken) implements StubSink {
        @Override
        public void open() {
            taken.clear();
        }

        @Override
        public void payload(ByteBuf payload, long sourceTimeMicros) {
            taken.add(payload);
        }
    }
}
