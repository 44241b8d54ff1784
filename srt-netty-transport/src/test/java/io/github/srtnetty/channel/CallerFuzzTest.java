// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.MemoryBound;
import io.github.srtnetty.testing.QuietLog;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawMutator;
import io.github.srtnetty.testing.RawServer;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of a hostile server, which answers each handshake with many mutated ones. */
@Tag("slow")
class CallerFuzzTest {
    private static final long SEED = 20_261_128;
    private static final int ANSWERS = Integer.getInteger("srt.fuzz.answers", 10_000);
    private static final int ANSWERS_A_REQUEST = 8;
    private static final int CALLERS_AT_ONCE = 32;
    private static final int TIMEOUT_MILLIS = 100;

    @ParameterizedTest
    @SuppressWarnings("try")
    @ValueSource(strings = {"", "a secret of some length"})
    void callersSurviveAHostileServer(String passphrase) throws Exception {
        System.out.println("seed " + SEED);
        RawMutator mutator = new RawMutator(
                SEED + passphrase.length(),
                List.of("#!::r=a"),
                List.of(RawKey.even("another secret", 16, SEED).message()));
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger payloads = new AtomicInteger();
        try (QuietLog quiet = new QuietLog();
                Loopback loopback = new Loopback(2);
                RawServer hostile = RawServer.open()) {
            hostile.onInduction(RawServer::induction)
                    .onConclusion(RawServer::conclusion)
                    .answering((request, right) -> mutated(mutator, request, right, answers))
                    .start();
            MemoryBound memory = new MemoryBound();
            Bootstrap caller = loopback.caller(
                    new Counter(payloads),
                    b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase)
                            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS));
            int connected = 0;
            while (answers.get() < ANSWERS) {
                connected += round(caller, hostile);
                memory.check();
            }
            System.out.println(answers + " answers, " + connected + " connected, " + memory);
            assertConnects(loopback, passphrase);
            memory.checkAtTheEnd();
        }
    }

    /** Starts some callers, waits until each has connected or failed, sends to the connected ones and closes all. */
    private static int round(Bootstrap caller, RawServer hostile) throws Exception {
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < CALLERS_AT_ONCE; i++) {
            connects.add(caller.connect(hostile.address(), new InetSocketAddress("127.0.0.1", 0)));
        }
        int connected = 0;
        for (ChannelFuture connect : connects) {
            Await.until("the connect ends", Duration.ofSeconds(20), connect::isDone);
            if (connect.isSuccess()) {
                connected++;
                hostile.send(new byte[] {1}, 0);
            }
        }
        for (ChannelFuture connect : connects) {
            Channel channel = connect.channel();
            Await.until("the close ends", Duration.ofSeconds(20), channel.close()::isDone);
        }
        return connected;
    }

    private static List<byte[]> mutated(
            RawMutator mutator, RawHandshake request, RawHandshake right, AtomicInteger answers) {
        List<byte[]> all = new ArrayList<>();
        if (request.type() != RawHandshake.CONCLUSION && answers.get() % 4 != 0) {
            all.add(right.encode(0)); // most callers come as far as the conclusion
            return all;
        }
        for (int i = 0; i < ANSWERS_A_REQUEST; i++) {
            all.add(mutator.answer(RawHandshake.decode(right.encode(0))));
            answers.incrementAndGet();
        }
        return all;
    }

    private static void assertConnects(Loopback loopback, String passphrase) {
        Recorder received = new Recorder();
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase));
        SrtChannel caller = loopback.connect(
                new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase));
        caller.writeAndFlush(caller.alloc().directBuffer().writeByte(7));
        received.awaitMessages(1);
        assertThat(received.messages().get(0)).containsExactly(7);
    }

    @Sharable
    private static final class Counter extends ChannelInboundHandlerAdapter {
        private final AtomicInteger payloads;

        Counter(AtomicInteger payloads) {
            this.payloads = payloads;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            payloads.incrementAndGet();
            ((ByteBuf) msg).release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
