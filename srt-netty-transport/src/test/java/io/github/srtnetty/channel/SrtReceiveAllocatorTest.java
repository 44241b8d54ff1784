// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** libsrt refuses, or cuts, a message for which the receive buffer is too small. */
class SrtReceiveAllocatorTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void buffersHaveAFixedSizeInMessageModeAndAdaptInStreamMode() {
        SrtChannel channel = new SrtChannel();
        assertThat(channel.config().<RecvByteBufAllocator>getRecvByteBufAllocator())
                .isInstanceOf(FixedRecvByteBufAllocator.class);

        channel.config().setOption(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
        assertThat(channel.config().<RecvByteBufAllocator>getRecvByteBufAllocator())
                .isInstanceOf(AdaptiveRecvByteBufAllocator.class);

        channel.config().setOption(SrtChannelOption.SRTO_MESSAGEAPI, true);
        assertThat(channel.config().<RecvByteBufAllocator>getRecvByteBufAllocator())
                .isInstanceOf(FixedRecvByteBufAllocator.class);
        channel.unsafe().closeForcibly();
    }

    @Test
    void aTurnReadsSixteenMessages_asNettysOtherTransportsDo() {
        SrtChannel channel = new SrtChannel();
        SrtServerChannel listener = new SrtServerChannel();

        assertThat(channel.config()
                        .<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator()
                        .maxMessagesPerRead())
                .isEqualTo(16);
        assertThat(listener.config()
                        .<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator()
                        .maxMessagesPerRead())
                .isEqualTo(16);
        assertThat(listener.config().<RecvByteBufAllocator>getRecvByteBufAllocator())
                .isInstanceOf(ServerChannelRecvByteBufAllocator.class);
        channel.unsafe().closeForcibly();
        listener.unsafe().closeForcibly();
    }

    @Test
    void theAllocatorThatTheUserSetStays() {
        SrtChannel channel = new SrtChannel();
        RecvByteBufAllocator own = new FixedRecvByteBufAllocator(9000);
        channel.config().setRecvByteBufAllocator(own);

        channel.config().setOption(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);

        assertThat(channel.config().<RecvByteBufAllocator>getRecvByteBufAllocator())
                .isSameAs(own);
        channel.unsafe().closeForcibly();
    }

    @Test
    void aLongMessageAfterManyShortOnesArrivesWhole() {
        loopback.listen(channel -> channel.pipeline().addLast(received));

        sendManyShortOnesAndALongOne();

        assertThat(received.messages().get(40)).hasSize(1316);
    }

    @Test
    void aLongMessageArrivesWhole_alsoWithAnAllocatorOfSmallBuffers() {
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(64)));

        sendManyShortOnesAndALongOne();

        assertThat(received.messages().get(40)).hasSize(1316);
    }

    private void sendManyShortOnesAndALongOne() {
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        for (int i = 0; i < 40; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[10]));
        }
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316]));
        received.awaitMessages(41);
    }
}
