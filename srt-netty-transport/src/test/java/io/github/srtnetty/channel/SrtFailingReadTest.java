// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of a channel when its receive allocator throws: it reports the failure and closes, once, without a leak.
 */
class SrtFailingReadTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    static Stream<Arguments> callsAndModes() {
        return Stream.of(ThrowingAllocator.Call.values())
                .filter(call -> call != ThrowingAllocator.Call.ALLOCATE) // nothing is lost: reading goes on
                .flatMap(call -> Stream.of(Arguments.of(call, true), Arguments.of(call, false)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("callsAndModes")
    void anAllocatorThatThrows_closesTheChannelAsUsual(ThrowingAllocator.Call call, boolean stream) throws Exception {
        IllegalStateException failure = new IllegalStateException("on purpose");
        SrtChannel caller = connect(new ThrowingAllocator(call, failure), stream, true);

        Await.until("the end", () -> {
            for (int i = 0; i < 3; i++) { // several at once, or it need not ask whether to continue
                caller.write(Unpooled.wrappedBuffer(new byte[100]));
            }
            caller.flush();
            return received.events().contains("unregistered");
        });
        assertThat(received.events()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(received.failures()).containsExactly(failure);
        assertThat(loopback.accepted().closeFuture().isSuccess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ThrowingAllocator.Call.class)
    void aBrokenConnection_isClosedAlsoWhenTheTailCannotBeRead(ThrowingAllocator.Call call) throws Exception {
        SrtChannel caller = connect(new ThrowingAllocator(call, new IllegalStateException("on purpose")), true, false);
        SrtChannel accepted = loopback.accepted();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();
        Await.until("it has arrived", () -> accepted.socket().receivablePackets() > 0);
        caller.close().sync();
        Await.until("the break", () -> accepted.socket().state().isGone());

        accepted.read();

        assertThat(accepted.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        received.awaitEvent("unregistered");
        assertThat(received.events()).containsExactly("registered", "active", "inactive", "unregistered");
    }

    @Test
    void anAllocatorWithoutExtendedHandle_closesTheChannel() throws Exception {
        SrtChannel caller = connect(new ThrowingAllocator.Plain(), false, true);

        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100]));

        received.awaitEvent("inactive");
        assertThat(received.failures()).singleElement().isInstanceOf(ClassCastException.class);
    }

    @Test
    void aBufferAllocatorThatThrows_closesTheChannel() throws Exception {
        OutOfMemoryError failure = new OutOfMemoryError("on purpose");
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            b.childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(10));
            b.childOption(ChannelOption.ALLOCATOR, new ThrowingAllocator.OfBuffers(failure));
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());

        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100]));

        received.awaitEvent("inactive");
        assertThat(received.failures()).containsExactly(failure);
    }

    @ParameterizedTest
    @EnumSource(value = ThrowingAllocator.Call.class, mode = EnumSource.Mode.EXCLUDE, names = "ALLOCATE")
    void anAllocatorOfAListenerThatThrows_isReported_andTheListenerStaysOpen(ThrowingAllocator.Call call) {
        IllegalStateException failure = new IllegalStateException("on purpose");
        loopback.listen(channel -> {}, b -> {
            b.option(ChannelOption.RECVBUF_ALLOCATOR, new ThrowingAllocator(call, failure));
            b.handler(received);
        });

        loopback.connect(new ChannelInboundHandlerAdapter());

        Await.until("the report", () -> received.failures().contains(failure));
        assertThat(loopback.listener().isOpen()).isTrue();
    }

    @Test
    void anAllocatorOfAListenerWithoutExtendedHandle_isReported() {
        loopback.listen(channel -> {}, b -> {
            b.option(ChannelOption.RECVBUF_ALLOCATOR, new ThrowingAllocator.Plain());
            b.handler(received);
        });

        loopback.connect(new ChannelInboundHandlerAdapter());

        Await.until("the report", () -> !received.failures().isEmpty());
        assertThat(received.failures().get(0)).isInstanceOf(ClassCastException.class);
    }

    private SrtChannel connect(RecvByteBufAllocator allocator, boolean stream, boolean autoRead) {
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            b.childOption(ChannelOption.RECVBUF_ALLOCATOR, allocator);
            b.childOption(ChannelOption.AUTO_READ, autoRead);
            if (stream) {
                StreamMode.set(b);
            }
        });
        return loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            if (stream) {
                StreamMode.set(b);
            }
        });
    }
}
