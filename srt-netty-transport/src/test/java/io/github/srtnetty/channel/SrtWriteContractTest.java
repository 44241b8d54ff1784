// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.FullChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of writes and of their buffers. */
class SrtWriteContractTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void writesNoMoreThanWriteSpinCountInAFlush_andTheOthersAfterwards() throws Exception {
        SrtChannel caller = streamToRecorder();
        caller.config().setWriteSpinCount(2);
        List<ChannelFuture> writes = new ArrayList<>();

        List<Boolean> doneInTheFirstTurn = caller.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < 5; i++) {
                        writes.add(caller.write(Unpooled.wrappedBuffer(new byte[10])));
                    }
                    caller.flush();
                    return writes.stream().map(ChannelFuture::isDone).toList();
                })
                .get();

        assertThat(doneInTheFirstTurn).containsExactly(true, true, false, false, false);
        for (ChannelFuture write : writes) {
            assertThat(write.awaitUninterruptibly(20_000)).isTrue();
        }
    }

    @Test
    void releasesEveryBuffer_whetherItsWriteSucceedsOrFails() throws Exception {
        SrtChannel notConnected = new SrtChannel();
        loopback.group().register(notConnected).sync();
        SrtChannel caller = liveToRecorder();
        List<ByteBuf> buffers = new ArrayList<>();

        notConnected
                .writeAndFlush(kept(buffers, Unpooled.directBuffer().writeByte(1)))
                .await();
        caller.writeAndFlush(kept(buffers, Unpooled.directBuffer().writeZero(1316)))
                .await();
        caller.writeAndFlush(kept(buffers, Unpooled.buffer().writeZero(1316))).await();
        caller.writeAndFlush(kept(buffers, Unpooled.directBuffer().writeZero(1317)))
                .await();
        caller.writeAndFlush(kept(buffers, Unpooled.directBuffer())).await();
        caller.writeAndFlush(kept(
                        buffers,
                        Unpooled.compositeBuffer()
                                .addComponent(true, Unpooled.buffer().writeZero(5))
                                .addComponent(true, Unpooled.directBuffer().writeZero(6))))
                .await();
        caller.write(kept(buffers, Unpooled.directBuffer().writeZero(7))); // never flushed
        caller.close().sync();
        caller.writeAndFlush(kept(buffers, Unpooled.directBuffer().writeByte(1)))
                .await();

        Await.until("all released", () -> buffers.stream().allMatch(buf -> buf.refCnt() == 0)); // after the promise
        notConnected.close().sync();
    }

    @Test
    void rejectsAndReleasesMessagesOfOtherTypes() {
        SrtChannel caller = liveToRecorder();

        ChannelFuture write = caller.writeAndFlush("text");

        assertThat(write.awaitUninterruptibly().cause())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("String");
        assertThat(caller.isActive()).isTrue();
    }

    @Test
    void failsWrites_beforeItIsActiveAndAfterTheClose() throws Exception {
        SrtChannel channel = new SrtChannel();
        loopback.group().register(channel).sync();

        ChannelFuture early = channel.writeAndFlush(Unpooled.directBuffer().writeByte(1));
        assertThat(early.awaitUninterruptibly().cause()).isInstanceOf(NotYetConnectedException.class);
        assertThat(channel.isOpen()).isTrue();

        channel.close().sync();
        ChannelFuture late = channel.writeAndFlush(Unpooled.directBuffer().writeByte(1));
        assertThat(late.awaitUninterruptibly().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void completesWritesInTheirOrder_alsoWithVoidPromises() throws Exception {
        SrtChannel caller = liveToRecorder();
        List<Integer> order = new ArrayList<>();

        caller.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        int number = i;
                        caller.write(Unpooled.wrappedBuffer(new byte[i + 1])).addListener(f -> order.add(number));
                        caller.write(Unpooled.wrappedBuffer(new byte[100 + i]), caller.voidPromise());
                    }
                    caller.flush();
                })
                .sync();

        received.awaitMessages(40);
        assertThat(received.messages().get(38)).hasSize(20);
        assertThat(received.messages().get(39)).hasSize(119);
        assertThat(caller.eventLoop().submit(() -> List.copyOf(order)).get())
                .isSorted()
                .hasSize(20);
    }

    @Test
    void changesWritabilityAtTheWaterMarks() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            StreamMode.set(b);
            b.option(
                    ChannelOption.WRITE_BUFFER_WATER_MARK,
                    new WriteBufferWaterMark(FullChannel.CHUNK, 4 * FullChannel.CHUNK));
        });

        long before = caller.bytesBeforeUnwritable();
        SrtChannel accepted = loopback.accepted();
        List<ChannelFuture> writes = FullChannel.fill(caller, accepted);

        assertThat(before).isEqualTo(4 * FullChannel.CHUNK + 1L);
        assertThat(caller.bytesBeforeUnwritable()).isZero();
        assertThat(caller.bytesBeforeWritable()).isPositive();
        accepted.config().setAutoRead(true);
        Await.until("writable again", caller::isWritable);
        for (ChannelFuture write : writes) {
            assertThat(write.awaitUninterruptibly().isSuccess()).isTrue();
        }
    }

    @Test
    void writesAndFlushesInAWriteListener() {
        SrtChannel caller = streamToRecorder();

        writeAgain(caller, 0);

        Await.until("a hundred bytes", () -> receivedBytes().length == 100);
        for (int i = 0; i < 100; i++) {
            assertThat(receivedBytes()[i]).isEqualTo((byte) i);
        }
    }

    @Tag("slow")
    @Test
    void usesNoCpuWhileTheBufferIsFull_andFlushesWhenThereIsRoom() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        SrtChannel accepted = loopback.accepted();
        List<ChannelFuture> writes = FullChannel.fill(caller, accepted);
        Thread loopThread = caller.eventLoop().submit(Thread::currentThread).get();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        long before = threads.getThreadCpuTime(loopThread.getId());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        long used = threads.getThreadCpuTime(loopThread.getId()) - before;

        assertThat(TimeUnit.NANOSECONDS.toMillis(used)).as("CPU ms in 500 ms").isLessThan(100);
        accepted.config().setAutoRead(true);
        for (ChannelFuture write : writes) {
            assertThat(write.awaitUninterruptibly(20_000)).isTrue();
        }
    }

    @Test
    void failsAWriteAndCloses_whenTheConnectionIsLost() throws InterruptedException {
        SrtChannel caller = streamToRecorder();
        loopback.accepted();
        caller.socket().close(); // as if libsrt had taken it away

        ChannelFuture write = caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));

        assertThat(write.awaitUninterruptibly().cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(caller.closeFuture().awaitUninterruptibly(20_000)).isTrue();
    }

    @Test
    void failsWaitingWrites_whenThePeerIsGone() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            StreamMode.set(b);
            b.option(ChannelOption.AUTO_READ, false);
        });
        SrtChannel accepted = loopback.accepted();
        accepted.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync(); // never read by the caller
        Await.until("what was sent", () -> caller.socket().receivablePackets() > 0);
        List<ChannelFuture> writes = FullChannel.fill(caller, accepted);

        accepted.config().setSoLinger(0);
        accepted.close().sync();

        assertThat(writes.get(writes.size() - 1).awaitUninterruptibly(20_000)).isTrue();
        assertThat(writes.get(writes.size() - 1).cause()).isInstanceOf(ClosedChannelException.class);
        caller.close().sync();
    }

    private static void writeAgain(SrtChannel caller, int number) {
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) number})).addListener(future -> {
            if (number < 99) {
                writeAgain(caller, number + 1);
            }
        });
    }

    private static ByteBuf kept(List<ByteBuf> buffers, ByteBuf buf) {
        buffers.add(buf);
        return buf;
    }

    private SrtChannel streamToRecorder() {
        loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);
        return loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
    }

    private SrtChannel liveToRecorder() {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        return loopback.connect(new ChannelInboundHandlerAdapter());
    }

    private byte[] receivedBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        received.messages().forEach(all::writeBytes);
        return all.toByteArray();
    }
}
