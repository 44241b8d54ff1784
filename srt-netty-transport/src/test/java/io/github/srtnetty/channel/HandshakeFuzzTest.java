// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.MemoryBound;
import io.github.srtnetty.testing.QuietLog;
import io.github.srtnetty.testing.RawFlood;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawMutator;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mutated handshakes against every kind of listener: the process lives, its memory is bounded, nobody is admitted
 * without right, and a normal caller is served afterwards. With {@link CallerFuzzTest} these are 100,000.
 */
@Tag("slow")
class HandshakeFuzzTest {
    private static final long SEED = 20_261_127;
    private static final int HANDSHAKES = Integer.getInteger("srt.fuzz.handshakes", 16_000);
    private static final int ADDRESSES = 4;
    private static final String SECRET = "a secret of some length";
    private static final String OPEN = "#!::r=open";

    /** The listeners of this project's channels, by what they ask of a caller. */
    enum Kind {
        LIVE,
        STREAM,
        MESSAGE,
        PASSPHRASE,
        FILTER;

        void configure(AbstractBootstrap<?, ?> bootstrap) {
            switch (this) {
                case STREAM -> SrtModesTest.stream(bootstrap);
                case MESSAGE -> SrtModesTest.fileMessages(bootstrap);
                case PASSPHRASE -> bootstrap.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET);
                case LIVE, FILTER -> {}
            }
        }
    }

    private final Queue<String> admitted = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @SuppressWarnings("try")
    @EnumSource
    void aListenerServesOn_andAdmitsNobodyWithoutRight(Kind kind) throws Exception {
        System.out.println("seed " + SEED);
        try (QuietLog quiet = new QuietLog();
                Loopback loopback = new Loopback(2)) {
            listen(loopback, kind);
            MemoryBound memory = new MemoryBound();
            RawMutator mutator = new RawMutator(
                    SEED + kind.ordinal(),
                    List.of(OPEN, "#!::r=studio"),
                    List.of(RawKey.even("another secret", 16, SEED).message()));
            try (RawFlood flood = new RawFlood(loopback.address(), ADDRESSES)) {
                flood.send(HANDSHAKES, mutator::handshake, memory::check);
                System.out.println(kind + ": " + flood.connected() + " connected, " + flood.rejected() + " rejected, "
                        + loopback.listener().acceptCounts() + ", " + memory);
                assertThat(flood.rejected()).isPositive();
            }
            assertThat(admitted.stream().filter(id -> !isAllowed(kind, id)).collect(Collectors.toSet()))
                    .isEmpty();
            assertServes(loopback, kind);
            memory.checkAtTheEnd();
        }
    }

    /** The same seed makes the same handshakes, so that a failure can be repeated. */
    @Test
    void aSeedRepeatsItsHandshakes() {
        RawMutator one = new RawMutator(SEED, List.of(OPEN), List.of());
        RawMutator other = new RawMutator(SEED, List.of(OPEN), List.of());
        for (int i = 0; i < 1000; i++) {
            assertThat(one.handshake(i)).isEqualTo(other.handshake(i));
        }
    }

    private void listen(Loopback loopback, Kind kind) {
        loopback.listen(
                channel -> {
                    SrtChannel child = (SrtChannel) channel;
                    admitted.add(child.config().get(SrtChannelOption.SRTO_STREAMID));
                    channel.pipeline().addLast(new Echo());
                },
                (ServerBootstrap b) -> {
                    kind.configure(b);
                    b.option(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.NONE); // all shall reach libsrt
                    if (kind == Kind.FILTER) {
                        b.option(SrtServerChannelOption.ACCEPT_FILTER, HandshakeFuzzTest::decide);
                    }
                });
    }

    private static SrtAcceptDecision decide(SrtAcceptRequest request) {
        return request.streamId().equals(OPEN) ? SrtAcceptDecision.accept() : SrtAcceptDecision.reject(1403);
    }

    /** No mutated handshake knows the passphrase. */
    private static boolean isAllowed(Kind kind, String streamId) {
        return switch (kind) {
            case LIVE, STREAM, MESSAGE -> true;
            case PASSPHRASE -> false;
            case FILTER -> streamId.equals(OPEN);
        };
    }

    private static void assertServes(Loopback loopback, Kind kind) {
        Recorder answers = new Recorder();
        SrtChannel caller = loopback.connect(answers, b -> {
            kind.configure(b);
            b.option(SrtChannelOption.SRTO_STREAMID, OPEN);
        });
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
        answers.awaitMessages(1);
        assertThat(answers.messages().get(0)).containsExactly(1, 2, 3);
        caller.close().syncUninterruptibly();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.writeAndFlush(msg);
        }
    }
}
