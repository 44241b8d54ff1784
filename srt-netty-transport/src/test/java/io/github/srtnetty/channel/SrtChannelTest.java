// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrtChannelTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void deliversMessagesWithTheirBoundaries(String host) throws InterruptedException {
        loopback.on(host).listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());

        caller.write(Unpooled.wrappedBuffer(new byte[] {1}));
        caller.write(Unpooled.wrappedBuffer(new byte[] {2, 3}));
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).sync();

        received.awaitMessages(3);
        assertThat(received.messages()).extracting(bytes -> bytes.length).containsExactly(1, 2, 1316);
        assertThat(caller.remoteAddress()).isEqualTo(loopback.address());
        assertThat(loopback.accepted().remoteAddress().getPort())
                .isEqualTo(caller.localAddress().getPort());
    }

    @Tag("slow")
    @Test
    void knowsWhoCalledAndWhy_whenTheCallerHasLeftLongAgo() throws Exception {
        BlockingQueue<String> known = new LinkedBlockingQueue<>();
        CountDownLatch isAccepted = new CountDownLatch(1);
        loopback.listen(accepted -> {
            SrtChannel channel = (SrtChannel) accepted;
            isAccepted.countDown();
            Await.until("libsrt forgets the socket", () -> isForgotten(channel.socket()));
            String streamId = channel.config().get(SrtChannelOption.SRTO_STREAMID);
            known.add(PeerText.hostAndPort(channel.remoteAddress()) + " " + streamId);
        });
        SrtSocket caller = SrtSocket.create();
        caller.setOption(SrtOptions.SRTO_STREAMID, "a name");
        caller.connect(loopback.address());
        Await.until("connected", () -> caller.state() == SrtSocketState.CONNECTED);
        String address = "127.0.0.1:" + caller.localAddress().getPort();

        assertThat(isAccepted.await(20, TimeUnit.SECONDS)).isTrue(); // libsrt drops a caller that leaves before that
        caller.close();

        assertThat(known.poll(40, TimeUnit.SECONDS)).isEqualTo(address + " a name");
    }

    private static boolean isForgotten(SrtSocket socket) {
        return socket.state() == SrtSocketState.CLOSED || socket.state() == SrtSocketState.NONEXIST;
    }

    @Test
    void deliversEverythingThatWasWrittenBeforeAnImmediateClose() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtChannelTest::losesNothing);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtChannelTest::closesWhenAllArrived);
        byte[] payload = new byte[1316];
        new Random(7).nextBytes(payload);

        for (int i = 0; i < 500; i++) {
            caller.write(Unpooled.wrappedBuffer(payload));
        }
        caller.flush();
        caller.close().sync();

        received.awaitEvent("inactive");
        assertThat(received.messages()).hasSize(500).allMatch(bytes -> Arrays.equals(bytes, payload));
        assertThat(received.events()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(received.failures()).isEmpty();
    }

    @Test
    void deliversTheTail_whenThePeerDropsTheConnectionAtOnce() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtChannelTest::losesNothing);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtChannelTest::closesWhenAllArrived);

        for (int i = 0; i < 100; i++) {
            caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).sync();
        }
        caller.close().sync();

        received.awaitEvent("inactive");
        assertThat(received.messages()).hasSize(100);
    }

    private static void losesNothing(AbstractBootstrap<?, ?> bootstrap) {
        CompleteDelivery.set(bootstrap);
        bootstrap.option(SrtChannelOption.SRTO_FC, CompleteDelivery.WINDOW);
    }

    private static void closesWhenAllArrived(AbstractBootstrap<?, ?> bootstrap) {
        losesNothing(bootstrap);
        bootstrap.option(ChannelOption.SO_LINGER, 30);
    }
}
