// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.ByteStream;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SrtFileRegionTest {
    /** 1 GiB with -Dsrt.test.mebibytes=1024. */
    private static final long BYTES = (long) Integer.getInteger("srt.test.mebibytes", 100) << 20;

    @TempDir
    Path folder;

    private final Loopback loopback = new Loopback(1);

    @AfterEach
    void close() {
        loopback.close();
    }

    @Tag("slow")
    @Test
    @Timeout(600)
    void aLongFile_leavesTheLoopToOthers() throws Exception {
        File file = file(BYTES);
        Pinger pinger = new Pinger();
        loopback.listen(channel -> channel.pipeline().addLast(new Echo()), SrtModesTest::stream);
        Channel pings = loopback.connect(pinger, SrtModesTest::stream);
        ByteStream sink = new ByteStream(1, 0, BYTES);
        loopback.listen(channel -> channel.pipeline().addLast(sink), SrtModesTest::stream);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::stream);
        assertThat(caller.eventLoop()).isSameAs(pings.eventLoop());

        pinger.start(pings);
        ChannelFuture written = caller.writeAndFlush(new DefaultFileRegion(file, 0, BYTES));
        sink.receivedAll().get(500, TimeUnit.SECONDS);

        assertThat(written.sync().isSuccess()).isTrue();
        List<Long> micros = pinger.stop(pings);
        System.err.printf(
                "file of %d MiB: %d pings, median %d us, worst %d us, loop at most %d us late%n",
                BYTES >> 20,
                micros.size(),
                micros.get(micros.size() / 2),
                micros.get(micros.size() - 1),
                pinger.mostLateMicros);
        assertThat(micros).isNotEmpty();
        assertThat(micros.get(micros.size() / 2)).as("median ping, us").isLessThan(250_000);
    }

    @Test
    void aRegionOfOnesOwn_arrivesAsItIs() throws Exception {
        byte[] content = new byte[300_000];
        new Random(3).nextBytes(content);
        Recorder received = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtModesTest::stream);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::stream);

        caller.write(new OwnRegion(content));
        caller.writeAndFlush(caller.alloc().buffer().writeBytes(new byte[] {1, 2, 3}))
                .sync();
        caller.close().sync();

        received.awaitEvent("inactive");
        ByteBuffer all = ByteBuffer.allocate(content.length + 3);
        received.messages().forEach(all::put);
        assertThat(all.array()).startsWith(content).endsWith(1, 2, 3);
    }

    @Test
    void aFileThatEndsTooEarly_failsItsWriteAndSaysSo() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(new Recorder()), SrtModesTest::stream);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::stream);
        byte[] content = new byte[1000];

        ChannelFuture file = caller.writeAndFlush(new DefaultFileRegion(file(1000), 0, 2000));

        assertThat(file.awaitUninterruptibly().cause())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000")
                .hasMessageContaining("2000");

        SrtChannel other = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::stream);
        assertThat(other.writeAndFlush(new OwnRegion(content, 2000))
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the file ended after 1000 of 2000 bytes");
    }

    @Test
    void liveModeRefusesFiles() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(new Recorder()));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        DefaultFileRegion region = new DefaultFileRegion(file(10), 0, 10);

        assertThat(caller.writeAndFlush(region).awaitUninterruptibly().cause())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("FileRegion in stream mode");
        assertThat(region.refCnt()).isZero();
        assertThat(caller.isActive()).isTrue();
    }

    /** A sparse file: takes no place. */
    private File file(long bytes) throws IOException {
        File file = folder.resolve("file" + bytes).toFile();
        try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
            access.setLength(bytes);
        }
        return file;
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.writeAndFlush(msg);
        }
    }

    /** Sends one long at a time and measures how long its echo takes. */
    private static final class Pinger extends ChannelInboundHandlerAdapter {
        private final List<Long> micros = new ArrayList<>();
        private boolean stopped;
        /** How late the loop was at most to send a ping. */
        private volatile long mostLateMicros;

        void start(Channel channel) {
            channel.eventLoop().execute(() -> ping(channel));
        }

        /** Returns a copy: the last ping may still be on its way. */
        List<Long> stop(Channel channel) throws Exception {
            return channel.eventLoop()
                    .submit(() -> {
                        stopped = true;
                        return micros.stream().sorted().toList();
                    })
                    .get();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf buf = (ByteBuf) msg;
            micros.add((System.nanoTime() - buf.readLong()) / 1000);
            buf.release();
            if (!stopped) {
                long due = System.nanoTime() + 1_000_000;
                ctx.executor()
                        .schedule(
                                () -> {
                                    mostLateMicros = Math.max(mostLateMicros, (System.nanoTime() - due) / 1000);
                                    ping(ctx.channel());
                                },
                                1,
                                TimeUnit.MILLISECONDS);
            }
        }

        private static void ping(Channel channel) {
            channel.writeAndFlush(channel.alloc().directBuffer(Long.BYTES).writeLong(System.nanoTime()));
        }
    }

    /** A region whose bytes are on the heap, and that may promise more than it has. */
    private static final class OwnRegion extends AbstractReferenceCounted implements FileRegion {
        private final byte[] content;
        private final long count;
        private long transferred;

        OwnRegion(byte[] content) {
            this(content, content.length);
        }

        OwnRegion(byte[] content, long count) {
            this.content = content;
            this.count = count;
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            if (position >= content.length) {
                return -1;
            }
            int written = target.write(ByteBuffer.wrap(content, (int) position, content.length - (int) position));
            transferred += written;
            return written;
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        @Deprecated
        public long transfered() {
            return transferred;
        }

        @Override
        public long transferred() {
            return transferred;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public FileRegion touch(Object hint) {
            return this;
        }

        @Override
        public FileRegion touch() {
            return this;
        }

        @Override
        public FileRegion retain() {
            super.retain();
            return this;
        }

        @Override
        public FileRegion retain(int increment) {
            super.retain(increment);
            return this;
        }

        @Override
        protected void deallocate() {
            transferred = count;
        }
    }
}
