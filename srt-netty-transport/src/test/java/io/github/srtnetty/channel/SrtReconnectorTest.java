// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Loopback;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SrtReconnectorTest {
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMillis(200);

    private final Loopback loopback = new Loopback(2);
    private final Channels connected = new Channels();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void comesBack_whenTheListenerIsRestarted() throws InterruptedException {
        loopback.listen(channel -> {});
        InetSocketAddress address = loopback.address();
        try (SrtReconnector caller = reconnector(caller(address))) {
            caller.start().start();
            connected.awaitCount(1);
            loopback.listener().close().sync();
            loopback.accepted().close().sync();
            Await.until("the end", () -> !connected.list.get(0).isActive());

            Channel again = new ServerBootstrap()
                    .group(loopback.group())
                    .channel(SrtServerChannel.class)
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(address)
                    .sync()
                    .channel();

            connected.awaitCount(2);
            assertThat(connected.list.get(1).isActive()).isTrue();
            again.close().sync();
        }
        Await.until("closed", () -> connected.list.stream().noneMatch(Channel::isOpen));
        assertThat(connected.list.size()).isEqualTo(2);
    }

    @Test
    void waitsTwiceAsLongAfterEachFailure_withinBounds() {
        SrtReconnector most = reconnector(new Bootstrap()).random(fixed(0));
        for (int failures = 1; failures <= 4; failures++) {
            assertThat(most.delayNanos(failures)).isEqualTo(FIRST.toNanos() << failures - 1);
        }
        assertThat(most.delayNanos(5)).isEqualTo(LONGEST.toNanos());
        assertThat(most.delayNanos(Integer.MAX_VALUE)).isEqualTo(LONGEST.toNanos());

        SrtReconnector jittered = reconnector(new Bootstrap()).random(new Random(42));
        long[] delays =
                new Random(1).ints(200, 1, 10).mapToLong(jittered::delayNanos).toArray();
        assertThat(Arrays.stream(delays)).allMatch(delay -> delay >= FIRST.toNanos() / 2 && delay <= LONGEST.toNanos());
        assertThat(Arrays.stream(delays).distinct().count()).isGreaterThan(150);
    }

    @Test
    void givesUp_whenItIsRejectedForGood() {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, "the right passphrase"));
        AtomicInteger failures = new AtomicInteger();
        Bootstrap wrong = caller(loopback.address()).option(SrtChannelOption.SRTO_PASSPHRASE, "a wrong passphrase");

        try (SrtReconnector caller = reconnector(wrong).onFailure(cause -> failures.incrementAndGet())) {
            assertThat(caller.start().endedFuture().awaitUninterruptibly(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(caller.endedFuture().cause())
                    .isInstanceOf(SrtRejectedException.class)
                    .hasMessageContaining("wrong passphrase");
        }
        assertThat(failures).hasValue(1);
    }

    @Test
    void goesOn_whenItIsRejectedForNow() {
        AtomicInteger asked = new AtomicInteger();
        loopback.listen(
                channel -> {},
                b -> b.option(
                        SrtChannelOption.ACCEPT_FILTER,
                        request -> asked.incrementAndGet() < 3
                                ? SrtAcceptDecision.reject(1503)
                                : SrtAcceptDecision.accept()));

        try (SrtReconnector caller = reconnector(caller(loopback.address()))) {
            caller.start();
            connected.awaitCount(1);
        }
        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void goesOn_whenTheListenerOfFailuresFails() {
        AtomicInteger attempts = new AtomicInteger();
        try (SrtReconnector caller = new SrtReconnector(
                        () -> {
                            attempts.incrementAndGet();
                            throw new AssertionError("an Error of the attempt");
                        },
                        loopback.group().next())
                .delays(FIRST, LONGEST)
                .onFailure(cause -> {
                    throw new IllegalStateException("as a user's code may", cause);
                })) {
            caller.start();
            Await.until("three attempts", () -> attempts.get() >= 3);
        }
    }

    @Test
    void goesOn_whenAnAttemptCannotEvenStart() {
        AtomicInteger attempts = new AtomicInteger();
        try (SrtReconnector caller = new SrtReconnector(
                        () -> {
                            attempts.incrementAndGet();
                            throw new IllegalStateException("no address yet");
                        },
                        loopback.group().next())
                .delays(FIRST, LONGEST)) {
            caller.start();
            Await.until("three attempts", () -> attempts.get() >= 3);
        }
    }

    @Test
    void stops_whenItIsClosedWhileItConnects() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtReconnector caller = reconnector(caller((InetSocketAddress) silent.getLocalSocketAddress()))
                    .onFailure(failures::add);
            caller.start();
            Await.until("an attempt", () -> connected.registered.get() == 1);

            caller.close();

            assertThat(caller.endedFuture().await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(caller.endedFuture().isSuccess()).isTrue();
            Await.until("its channel is gone", () -> connected.unregistered.get() == 1);
            assertThat(failures).isEmpty();
            assertThat(connected.registered).hasValue(1);
        }
    }

    @Test
    void tellsEachFailure() throws InterruptedException {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", 1);
        try (SrtReconnector caller = reconnector(caller(nobody).option(SrtChannelOption.SRTO_CONNTIMEO, 50))
                .onFailure(failures::add)) {
            caller.start();
            Await.until("two failures", () -> failures.size() >= 2);
        }
        assertThat(failures).allMatch(ConnectException.class::isInstance);
        assertThatThrownBy(() -> reconnector(new Bootstrap()).delays(LONGEST, FIRST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private SrtReconnector reconnector(Bootstrap bootstrap) {
        return new SrtReconnector(bootstrap, loopback.group().next()).delays(FIRST, LONGEST);
    }

    private Bootstrap caller(InetSocketAddress remote) {
        return loopback.caller(connected, b -> b.remoteAddress(remote));
    }

    private static Random fixed(long value) {
        return new Random() {
            private static final long serialVersionUID = 1;

            @Override
            public long nextLong(long bound) {
                return value;
            }
        };
    }

    @Sharable
    private static final class Channels extends ChannelInboundHandlerAdapter {
        final List<Channel> list = new CopyOnWriteArrayList<>();
        final AtomicInteger registered = new AtomicInteger();
        final AtomicInteger unregistered = new AtomicInteger();

        void awaitCount(int count) {
            Await.until(count + " connections", Duration.ofSeconds(20), () -> list.size() >= count);
        }

        @Override
        public void channelRegistered(ChannelHandlerContext ctx) {
            registered.incrementAndGet();
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            unregistered.incrementAndGet();
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            list.add(ctx.channel());
        }
    }
}
