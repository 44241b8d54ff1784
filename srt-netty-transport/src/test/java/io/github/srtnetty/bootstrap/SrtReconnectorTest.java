// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.channel.SrtServerChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultChannelPromise;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
            SrtChannel accepted = loopback.accepted(); // a listener that closes drops the others
            loopback.listener().close().sync();
            accepted.close().sync();
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
        assertThat(connected.list).hasSize(2);
    }

    @Test
    void refusesAbsurdDelays() {
        SrtReconnector caller = reconnector(new Bootstrap());
        Duration day = Duration.ofDays(1);

        caller.delays(Duration.ofNanos(1), day);
        assertThatThrownBy(() -> caller.delays(LONGEST, FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> caller.delays(Duration.ZERO, FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> caller.delays(FIRST.negated(), FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> caller.delays(FIRST, Duration.ofDays(200_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 24 h");
        assertThatThrownBy(() -> caller.delays(FIRST, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ends_whenThePassphraseIsWrong_andSaysSo() {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.PASSPHRASE));
        List<SrtReconnector.Failure> failures = new CopyOnWriteArrayList<>();
        Bootstrap wrong =
                caller(loopback.address()).option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.WRONG_PASSPHRASE);

        try (SrtReconnector caller = reconnector(wrong).onFailure(failures::add)) {
            assertThat(caller.start().endedFuture().awaitUninterruptibly(20, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(caller.endedFuture().cause())
                    .isInstanceOf(SrtRejectedException.class)
                    .hasMessageContaining("wrong passphrase");
        }
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.retryAfter()).isNull();
            assertThat(failure.message()).endsWith("wrong passphrase; not trying again");
        });
    }

    @Test
    void goesOnAfterTheLongestDelay_whenTheServerChoseToReject() {
        loopback.listen(channel -> {}, b -> b.option(SrtServerChannelOption.ACCEPT_FILTER, rejecting(1403)));
        List<SrtReconnector.Failure> failures = new CopyOnWriteArrayList<>();

        try (SrtReconnector caller = reconnector(caller(loopback.address()))
                .random(fixed(0))
                .onFailure(failures::add)
                .start()) {
            Await.until("three rejections", Duration.ofSeconds(20), () -> failures.size() >= 3);
            assertThat(caller.endedFuture().isDone()).isFalse();
        }
        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure.cause()).isInstanceOf(SrtRejectedException.class);
            assertThat(failure.retryAfter()).isEqualTo(LONGEST);
            assertThat(failure.message()).endsWith("; trying again in 0.2 s");
        });
        assertThat(failures.subList(0, 3))
                .extracting(SrtReconnector.Failure::inARow)
                .containsExactly(1, 2, 3);
    }

    @Test
    void endsOnTheRejectionsThatAreAskedFor() {
        loopback.listen(channel -> {}, b -> b.option(SrtServerChannelOption.ACCEPT_FILTER, rejecting(1403)));

        try (SrtReconnector caller = reconnector(caller(loopback.address()))
                .endOn(reason -> !reason.isTransient())
                .start()) {
            assertThat(caller.endedFuture().awaitUninterruptibly(20, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(caller.endedFuture().cause()).isInstanceOf(SrtRejectedException.class);
        }
    }

    @Test
    void goesOn_whenOnlyOneAddressOfANameRejectsForGood() {
        SrtRejectedException wrong = SrtRejectedException.ofAddresses("none works", SrtRejectReason.BADSECRET);
        wrong.addSuppressed(SrtRejectedException.ofAddresses("x", SrtRejectReason.BADSECRET));
        wrong.addSuppressed(new ConnectException("no answer"));
        loopback.listen(channel -> {});
        Channel channel = loopback.connect(new ChannelInboundHandlerAdapter());
        List<SrtReconnector.Failure> failures = new CopyOnWriteArrayList<>();

        try (SrtReconnector caller = new SrtReconnector(
                        () -> new DefaultChannelPromise(channel).setFailure(wrong),
                        loopback.group().next())
                .delays(FIRST, LONGEST)
                .onFailure(failures::add)) {
            caller.start();
            Await.until("two failures", () -> failures.size() >= 2);
        }
    }

    @Test
    void aSupplierThatReturnsNullIsAFailedAttempt() {
        List<SrtReconnector.Failure> failures = new CopyOnWriteArrayList<>();
        try (SrtReconnector caller = new SrtReconnector(
                        () -> null, loopback.group().next())
                .delays(FIRST, LONGEST)
                .onFailure(failures::add)) {
            caller.start();
            Await.until("two failures", () -> failures.size() >= 2);
            assertThat(failures.get(0).cause()).hasMessageContaining("returned null");
        }
    }

    @Test
    void closesItsConnection_whenItsExecutorHasEnded() throws InterruptedException {
        loopback.listen(channel -> {});
        DefaultEventExecutor executor = new DefaultEventExecutor();
        SrtReconnector caller = new SrtReconnector(caller(loopback.address()), executor).start();
        connected.awaitCount(1);
        end(executor);

        caller.close();

        assertThat(caller.endedFuture().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.endedFuture().isSuccess()).isTrue();
        assertThat(connected.list.get(0).closeFuture().await(20, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void closesAnAttemptThatSucceeds_whenItsExecutorHasEnded() throws InterruptedException {
        loopback.listen(channel -> {});
        DefaultEventExecutor executor = new DefaultEventExecutor();
        CompletableFuture<DefaultChannelPromise> attempt = new CompletableFuture<>();
        Channel channel = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtReconnector caller = new SrtReconnector(
                        () -> {
                            DefaultChannelPromise promise = new DefaultChannelPromise(channel);
                            attempt.complete(promise);
                            return promise;
                        },
                        executor)
                .start();
        DefaultChannelPromise promise = attempt.join();
        end(executor);

        promise.setSuccess();

        assertThat(channel.closeFuture().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.endedFuture().await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Throwable> notified = new CompletableFuture<>();
        caller.endedFuture().addListener(done -> notified.complete(done.cause()));
        assertThat(notified.orTimeout(20, TimeUnit.SECONDS).join())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("executor of the reconnector has ended");
        caller.close();
    }

    @Test
    void ends_whenTheConnectionBreaksAfterItsExecutorHasEnded() throws InterruptedException {
        loopback.listen(channel -> {});
        DefaultEventExecutor executor = new DefaultEventExecutor();
        SrtReconnector caller = new SrtReconnector(caller(loopback.address()), executor).start();
        connected.awaitCount(1);
        executor.submit(() -> {}).sync(); // it knows its channel
        end(executor);

        connected.list.get(0).close();

        assertThat(caller.endedFuture().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.endedFuture().cause()).isInstanceOf(IllegalStateException.class);
        assertThat(new SrtReconnector(caller(loopback.address()), executor)
                        .start()
                        .endedFuture()
                        .cause())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goesOn_whenItIsRejectedForNow() {
        AtomicInteger asked = new AtomicInteger();
        loopback.listen(
                channel -> {},
                b -> b.option(
                        SrtServerChannelOption.ACCEPT_FILTER,
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
                    throw new IllegalStateException("as a user's code may", cause.cause());
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
        List<SrtReconnector.Failure> failures = new CopyOnWriteArrayList<>();
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtReconnector caller = reconnector(caller((InetSocketAddress) silent.getLocalSocketAddress()))
                    .onFailure(failures::add);
            caller.start();
            Await.until("an attempt", () -> connected.registered.get() == 1);

            caller.close();

            assertThat(caller.endedFuture().await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(caller.endedFuture().isSuccess()).isTrue();
            Await.until("its channel is gone", () -> connected.unregistered.get() == 1);
            assertThat(failures).isEmpty();
            assertThat(connected.registered).hasValue(1);
        }
    }

    @Test
    void reportsEachFailure() throws InterruptedException {
        List<SrtReconnector.Failure> failures = new CopyOnWriteArrayList<>();
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", 1);
        try (SrtReconnector caller = reconnector(caller(nobody).option(SrtChannelOption.SRTO_CONNTIMEO, 50))
                .onFailure(failures::add)) {
            caller.start();
            Await.until("two failures", () -> failures.size() >= 2);
        }
        assertThat(failures).allMatch(failure -> failure.cause() instanceof ConnectException);
    }

    private static SrtAcceptFilter rejecting(int code) {
        return request -> SrtAcceptDecision.reject(code);
    }

    private static void end(DefaultEventExecutor executor) throws InterruptedException {
        assertThat(executor.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(20, TimeUnit.SECONDS))
                .isTrue();
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
            Await.until(count + " connections", () -> list.size() >= count);
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
