// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.SrtServerChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Opening an address: names are resolved elsewhere, and all that they stand for is tried. */
class SrtOpeningTest {
    private static final long SECONDS = 20;
    /** The limit counts for each address, hence also for the one that answers, on a machine under load. */
    private static final String ENOUGH_TO_ANSWER = "&conntimeo=3000";

    private final Loopback loopback = new Loopback(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch dnsAnswers = new CountDownLatch(1);
    private final CountDownLatch dnsIsAsked = new CountDownLatch(1);
    private final List<String> lookUps = new CopyOnWriteArrayList<>();
    private final List<Channel> made = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        dnsAnswers.countDown();
        threads.shutdownNow();
        loopback.close();
    }

    @Test
    void aNameThatIsBeingResolvedStopsNoOtherConnectionOfTheLoop() throws InterruptedException {
        Recorder received = new Recorder();
        Iterator<ChannelHandler> handlers = List.<ChannelHandler>of(received, new ChannelInboundHandlerAdapter())
                .iterator(); // one for each caller
        loopback.listen(channel -> channel.pipeline().addLast(handlers.next()));
        SrtChannel other = loopback.connect(new ChannelInboundHandlerAdapter());

        ChannelFuture slow = caller("studio.example", "").open(loopback.group(), initializer(), blockedDns());
        assertThat(dnsIsAsked.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        other.writeAndFlush(Unpooled.copiedBuffer("alive", StandardCharsets.US_ASCII))
                .sync();
        received.awaitMessages(1);
        assertThat(slow.isDone()).isFalse();
        dnsAnswers.countDown();
        assertThat(slow.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.cause()).isNull();
    }

    @Test
    void localNamesAreResolvedElsewhereToo() throws InterruptedException {
        loopback.listen(channel -> {});
        SrtUri listener = SrtUri.parse("srt://studio.example:0?mode=listener");

        ChannelFuture bound = listener.open(loopback.group(), initializer(), blockedDns());
        ChannelFuture caller =
                caller("127.0.0.1", "&adapter=studio.example").open(loopback.group(), initializer(), blockedDns());

        assertThat(dnsIsAsked.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(loopback.group().submit(() -> "the loop runs").await(SECONDS, TimeUnit.SECONDS))
                .isTrue();
        dnsAnswers.countDown();
        assertThat(bound.sync().channel().localAddress().toString()).contains("127.0.0.1");
        assertThat(((SrtChannel) caller.sync().channel()).localAddress().getAddress())
                .isEqualTo(InetAddress.getLoopbackAddress());
    }

    @Tag("slow")
    @Test
    void everyAddressOfANameIsTried_untilOneAnswers() throws Exception {
        loopback.listen(channel -> {});

        ChannelFuture opened = caller("studio.example", "")
                .open(loopback.group(), givingUpSoon(2), dns("127.0.0.2", "::1", "127.0.0.1"));

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(opened.isSuccess()).as("%s", opened.cause()).isTrue();
        assertThat(((SrtChannel) opened.channel()).remoteAddress()).isEqualTo(loopback.address());
        assertThat(opened.channel().isActive()).isTrue();
        assertThat(made).hasSize(3).last().isSameAs(opened.channel());
        assertThat(made.subList(0, 2)).noneMatch(Channel::isOpen);
    }

    @Test
    void theErrorNamesEveryAddress_whenNoneAnswers() throws Exception {
        loopback.listen(channel -> {});

        ChannelFuture opened = caller("studio.example", "&conntimeo=100")
                .open(loopback.group(), initializer(), dns("127.0.0.2", "127.0.0.3", "127.0.0.2"));

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        int port = loopback.address().getPort();
        assertThat(opened.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageStartingWith("studio.example:" + port + ": none of 2 addresses works: ")
                .hasMessageContaining("srt_connect(127.0.0.2:" + port + "): no answer")
                .hasMessageContaining("srt_connect(127.0.0.3:" + port + "): no answer");
        assertThat(opened.cause().getSuppressed()).hasSize(2);
        Await.until("no channel is left", () -> made.stream().noneMatch(Channel::isOpen));
    }

    @Test
    void aRejectionIsKnown_whenOtherAddressesDoNotAnswer() throws Exception {
        loopback.listen(
                channel -> {},
                b -> b.option(
                        SrtServerChannelOption.ACCEPT_FILTER,
                        request -> SrtAcceptDecision.reject(SrtRejectReason.FORBIDDEN)));

        ChannelFuture opened =
                caller("studio.example", "").open(loopback.group(), givingUpSoon(1), dns("127.0.0.2", "127.0.0.1"));

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(opened.cause())
                .isInstanceOfSatisfying(
                        SrtRejectedException.class, e -> assertThat(e.reason()).isEqualTo(SrtRejectReason.FORBIDDEN))
                .hasMessageContaining("127.0.0.2");
    }

    @Test
    void aHandlerForOnePipelineOnlySeesTheConnection_whicheverAddressAnswers() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
            }
        }));
        Recorder recorder = new Recorder();

        ChannelFuture opened = caller("studio.example", ENOUGH_TO_ANSWER)
                .open(loopback.group(), recorder, dns("127.0.0.2", "127.0.0.1"));

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(opened.cause()).isNull();
        assertThat(opened.channel().pipeline().get(Recorder.class)).isSameAs(recorder);
        recorder.awaitMessages(1);
        assertThat(recorder.events()).containsExactly("active");
    }

    @Test
    void anUnknownHostFailsTheAttempt() throws Exception {
        SrtResolverGroup unknown = new SrtResolverGroup(threads, name -> {
            throw new UnknownHostException(name);
        });

        ChannelFuture opened = SrtUri.parse("srt://studio.example:9000").open(loopback.group(), initializer(), unknown);

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(opened.cause()).isInstanceOf(UnknownHostException.class).hasMessage("studio.example");
        assertThat(opened.channel().closeFuture().await(SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void aCancelledOpenLeavesNoChannel() throws Exception {
        loopback.listen(channel -> {});
        ChannelFuture opened = caller("studio.example", "").open(loopback.group(), initializer(), blockedDns());
        assertThat(dnsIsAsked.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(opened.cancel(false)).isTrue();

        assertThat(opened.channel().closeFuture().await(SECONDS, TimeUnit.SECONDS))
                .isTrue();
        dnsAnswers.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
        loopback.group().submit(() -> "what the resolver said has been handled").sync();
        assertThat(made).hasSize(1);
    }

    @Test
    void anOpenEndsWithItsEventLoop() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
        SrtUri uri = SrtUri.parse("srt://studio.example:9000");
        ChannelFuture opened = uri.open(group, initializer(), blockedDns());
        assertThat(dnsIsAsked.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(SECONDS, TimeUnit.SECONDS))
                .isTrue();

        assertThat(opened.cause()).isInstanceOf(ClosedChannelException.class);
        ChannelFuture late = uri.open(group, initializer(), blockedDns());
        assertThat(late.isDone()).isTrue();
        assertThat(late.isSuccess()).isFalse();
    }

    @Test
    void closingTheChannelEndsTheOpen_whileTheNameIsBeingResolved() throws Exception {
        loopback.listen(channel -> {});
        ChannelFuture opened = caller("studio.example", "").open(loopback.group(), initializer(), blockedDns());
        assertThat(dnsIsAsked.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        opened.channel().close();

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(opened.cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void closingTheChannelEndsTheOpen_withoutTryingFurtherAddresses() throws Exception {
        loopback.listen(channel -> {});
        ChannelFuture opened = caller("studio.example", "&conntimeo=60000")
                .open(loopback.group(), initializer(), dns("127.0.0.2", "127.0.0.1"));
        Await.until("it connects", () -> made.size() == 1 && made.get(0).isRegistered());
        loopback.group().submit(() -> "the connect has begun").sync();

        opened.channel().close();

        assertThat(opened.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(opened.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(made).hasSize(1);
    }

    @Test
    void aListenerBindsTheFirstAddressThatCanBeBound() throws Exception {
        SrtUri uri = SrtUri.parse("srt://studio.example:0?mode=listener");

        ChannelFuture bound = uri.open(loopback.group(), initializer(), dns("203.0.113.1", "127.0.0.1"));

        assertThat(bound.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(bound.isSuccess()).as("%s", bound.cause()).isTrue();
        assertThat(((InetSocketAddress) bound.channel().localAddress()).getAddress())
                .isEqualTo(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void theLocalAddressHasTheFamilyOfTheRemoteOne() throws Exception {
        InetSocketAddress ipv4 = new InetSocketAddress("127.0.0.1", 9);
        InetSocketAddress ipv6 = new InetSocketAddress("::1", 9);
        InetSocketAddress any = new InetSocketAddress(5);

        assertThat(SrtAddresses.toConnect(List.of(ipv6, ipv4), List.of(any)))
                .containsExactly(
                        new SrtAddresses.Target(ipv6, new InetSocketAddress("::", 5)),
                        new SrtAddresses.Target(ipv4, any));
        assertThat(SrtAddresses.toConnect(List.of(ipv6, ipv4), List.of(ipv4)))
                .containsExactly(new SrtAddresses.Target(ipv4, ipv4));
        assertThat(SrtAddresses.toConnect(List.of(ipv6), List.of(ipv4)))
                .containsExactly(new SrtAddresses.Target(ipv6, ipv4));
        assertThat(SrtAddresses.toConnect(List.of(ipv4, ipv4), List.of()))
                .containsExactly(new SrtAddresses.Target(ipv4, null));
    }

    @Test
    void oneLookUpServesAllThatWantTheSameName() throws Exception {
        AddressResolver<InetSocketAddress> resolver =
                blockedDns().getResolver(loopback.group().next());
        InetSocketAddress name = InetSocketAddress.createUnresolved("studio.example", 9000);
        Future<List<InetSocketAddress>> first = resolver.resolveAll(name);
        Future<InetSocketAddress> second = resolver.resolve(name);

        dnsAnswers.countDown();

        assertThat(first.sync().getNow()).containsExactly(new InetSocketAddress("127.0.0.1", 9000));
        assertThat(second.sync().getNow()).isEqualTo(new InetSocketAddress("127.0.0.1", 9000));
        assertThat(lookUps).hasSize(1);
    }

    @Test
    void aReconnectorsBootstrapIsResolvedElsewhere() throws Exception {
        loopback.listen(channel -> {});
        SrtResolverGroup dns = blockedDns();
        Bootstrap bootstrap = loopback.caller(
                initializer(),
                b -> b.resolver(dns)
                        .remoteAddress("studio.example", loopback.address().getPort()));
        try (SrtReconnector caller =
                new SrtReconnector(bootstrap, loopback.group().next()).start()) {
            assertThat(dnsIsAsked.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(loopback.group().submit(() -> "the loop runs").await(SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            dnsAnswers.countDown();
            loopback.accepted();
            assertThat(caller.endedFuture().isDone()).isFalse();
        }
    }

    @Test
    void nettysDefaultResolverIsReplaced_andAnotherOneIsNot() {
        SrtResolverGroup own = blockedDns();

        assertThat(SrtOpening.offLoop(new Bootstrap().config().resolver())).isSameAs(SrtResolverGroup.shared());
        assertThat(SrtOpening.offLoop(new Bootstrap().resolver(own).config().resolver()))
                .isSameAs(own);
    }

    private SrtUri caller(String host, String options) {
        return SrtUri.parse("srt://" + host + ':' + loopback.address().getPort() + "?mode=caller" + options);
    }

    private ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                made.add(channel);
            }
        };
    }

    /** The first so many channels, whose addresses do not answer, give up soon, and the others late. */
    private ChannelInitializer<Channel> givingUpSoon(int silent) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setOption(SrtChannelOption.SRTO_CONNTIMEO, made.size() < silent ? 100 : 20_000);
                made.add(channel);
            }
        };
    }

    /** A server that answers each name with 127.0.0.1 when the test lets it. */
    private SrtResolverGroup blockedDns() {
        return new SrtResolverGroup(threads, name -> {
            lookUps.add(name);
            dnsIsAsked.countDown();
            try {
                dnsAnswers.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(name);
            }
            return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        });
    }

    private SrtResolverGroup dns(String... addresses) {
        return new SrtResolverGroup(threads, name -> {
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        });
    }
}
