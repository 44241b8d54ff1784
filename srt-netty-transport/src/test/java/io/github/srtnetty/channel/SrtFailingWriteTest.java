// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.ThrowingBuffer;
import io.github.srtnetty.testing.ThrowingRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a channel when a write throws. */
class SrtFailingWriteTest {
    private final Loopback loopback = new Loopback();
    private final Recorder sender = new Recorder();
    private final Recorder received = new Recorder();
    private int before;
    private SrtChannel accepted;

    @BeforeEach
    void count() throws SrtException {
        before = SrtPoller.instance().size();
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("on purpose"),
                new OutOfMemoryError("on purpose"),
                new IllegalReferenceCountException(0),
                new StackOverflowError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBufferThatThrowsInAStream_closesTheChannelAsUsual(Throwable failure) throws Exception {
        SrtChannel caller = connect(true);
        ThrowingBuffer buffer = new ThrowingBuffer(10, failure);

        ChannelFuture first = caller.write(Unpooled.wrappedBuffer(new byte[7]));
        ChannelFuture write = caller.writeAndFlush(buffer);

        assertThat(write.awaitUninterruptibly().cause()).hasRootCause(failure);
        assertThat(first.awaitUninterruptibly().isSuccess()).isTrue();
        assertClosedAsUsual(caller);
        assertThat(buffer.refCnt()).isZero();
        received.awaitEvent("inactive"); // and nothing that libsrt had taken is lost
        assertThat(received.messages()).containsExactly(new byte[7]);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aRegionThatThrows_closesTheChannelAsUsual(Throwable failure) throws Exception {
        SrtChannel caller = connect(true);
        ThrowingRegion region = new ThrowingRegion(failure);

        assertThat(caller.writeAndFlush(region).awaitUninterruptibly().cause()).hasRootCause(failure);

        assertClosedAsUsual(caller);
        assertThat(region.refCnt()).isZero();
    }

    @Test
    void anIOException_closesTheChannel_alsoWithoutAutoClose() throws Exception {
        IOException failure = new IOException("on purpose");
        SrtChannel caller = connect(true);
        caller.config().setAutoClose(false);

        assertThat(caller.writeAndFlush(new ThrowingRegion(failure))
                        .awaitUninterruptibly()
                        .cause())
                .hasRootCause(failure);

        assertClosedAsUsual(caller);
    }

    @Test
    void aBufferThatIsReleasedWhileItWaits_closesAStream() throws Exception {
        SrtChannel caller = connect(true);

        ChannelFuture write = writeReleased(caller, false);

        assertThat(write.awaitUninterruptibly().cause()).hasRootCauseInstanceOf(IllegalReferenceCountException.class);
        assertClosedAsUsual(caller);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aMessageThatThrows_failsAlone(Throwable failure) throws Exception {
        SrtChannel caller = connect(false);
        ThrowingBuffer plain = new ThrowingBuffer(10, failure);
        ThrowingBuffer withControl = new ThrowingBuffer(10, failure);

        ChannelFuture[] failed = {caller.write(plain), caller.write(new SrtMessage(withControl))};
        ChannelFuture next = caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[7]));

        for (ChannelFuture write : failed) {
            assertThat(write.awaitUninterruptibly().cause()).isSameAs(failure);
        }
        assertThat(next.awaitUninterruptibly().isSuccess()).isTrue();
        received.awaitMessages(1);
        assertThat(received.messages()).containsExactly(new byte[7]);
        assertThat(caller.isActive()).isTrue();
        Await.until("released", () -> plain.refCnt() + withControl.refCnt() == 0);
    }

    @Test
    void aMessageThatIsReleasedWhileItWaits_failsAlone() throws Exception {
        SrtChannel caller = connect(false);

        ChannelFuture[] released = {writeReleased(caller, false), writeReleased(caller, true)};

        for (ChannelFuture write : released) {
            assertThat(write.awaitUninterruptibly().cause()).isInstanceOf(IllegalReferenceCountException.class);
        }
        assertThat(caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[7]))
                        .awaitUninterruptibly()
                        .isSuccess())
                .isTrue();
        received.awaitMessages(1);
    }

    @Test
    void aRegionQueuedForAStreamThatBecameMessages_failsAlone() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = new SrtChannel();
        caller.pipeline().addLast(sender);
        loopback.group().register(caller).sync();
        caller.config().setOption(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
        ThrowingRegion region = new ThrowingRegion(new IllegalStateException("not asked"));
        ChannelFuture write = caller.write(region);
        caller.config().setOption(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.LIVE);
        caller.connect(loopback.address()).sync();

        caller.flush();

        assertThat(write.awaitUninterruptibly().cause())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("FileRegion");
        assertThat(region.refCnt()).isZero();
        assertThat(caller.isActive()).isTrue();
    }

    /** The copy to native memory, which a heap buffer needs, is released as well: the leak detector looks. */
    @Test
    void aHeapBufferThatThrowsWhileItIsCopied_failsAlone() throws Exception {
        SrtChannel caller = connect(false);
        ByteBuf heap = new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, 10, 10) {
            @Override
            public byte[] array() {
                throw new IllegalStateException("on purpose");
            }
        };
        heap.writerIndex(10);

        assertThat(caller.writeAndFlush(heap).awaitUninterruptibly().cause()).isInstanceOf(IllegalStateException.class);

        assertThat(heap.refCnt()).isZero();
        assertThat(caller.isActive()).isTrue();
    }

    @Test
    void shutdownOutput_closesAListenerToo() throws Exception {
        loopback.listen(channel -> {});
        SrtServerChannel listener = loopback.listener();

        listener.eventLoop()
                .submit(() -> {
                    ChannelOutboundBuffer ignored = listener.unsafe().outboundBuffer();
                    assertThat(ignored).isNotNull();
                    ((AbstractSrtChannel.AbstractSrtUnsafe) listener.unsafe()).shutdownOutput(listener.newPromise());
                })
                .sync();

        assertThat(listener.closeFuture().awaitUninterruptibly(20_000)).isTrue();
    }

    /** Returns a caller that is accepted: libsrt drops one that leaves before that. */
    private SrtChannel connect(boolean stream) throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            b.childOption(ChannelOption.SO_LINGER, 0);
            if (stream) {
                StreamMode.set(b);
            }
        });
        SrtChannel caller = loopback.connect(sender, b -> {
            if (stream) {
                StreamMode.set(b);
            }
        });
        accepted = loopback.accepted();
        return caller;
    }

    /** Writes a buffer and releases it before it is flushed, as an application does that has a bug. */
    private static ChannelFuture writeReleased(SrtChannel channel, boolean asMessage) throws Exception {
        return channel.eventLoop()
                .submit(() -> {
                    ByteBuf buf = Unpooled.directBuffer(100).writeZero(100);
                    ChannelFuture write = channel.write(asMessage ? new SrtMessage(buf) : buf);
                    buf.release();
                    channel.flush();
                    return write;
                })
                .get();
    }

    private void assertClosedAsUsual(SrtChannel channel) throws Exception {
        assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        assertThat(channel.close().awaitUninterruptibly(20_000)).isTrue();
        sender.awaitEvent("unregistered");
        assertThat(sender.events()).containsExactly("registered", "active", "inactive", "unregistered");
        List<Object> closeEvents = new ArrayList<>(sender.userEvents());
        closeEvents.removeIf(event -> !(event instanceof SrtCloseEvent));
        assertThat(closeEvents).hasSize(1);
        assertThat(channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .awaitUninterruptibly()
                        .isSuccess())
                .isFalse();
        SrtChannel peer = accepted == null ? loopback.accepted() : accepted;
        peer.closeFuture().awaitUninterruptibly(20_000);
        loopback.listener().close().sync();
        Await.until("all left the poller", () -> pollerSize() <= before);
    }

    private static int pollerSize() {
        try {
            return SrtPoller.instance().size();
        } catch (SrtException e) {
            throw new AssertionError(e);
        }
    }
}
