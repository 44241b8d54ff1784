// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.RawBlock;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawPacket;
import io.github.srtnetty.testing.RawPeer;
import io.github.srtnetty.testing.RawServer;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do not know the passphrase, and packets in clear of those that do. */
@Tag("slow")
class SrtKeyExchangeTest {
    private static final String SECRET = "a secret of some length";
    private static final long SEED = 20261127;
    private static final Duration DECISION = Duration.ofMillis(50);
    /** What a side that has no key answers: it is unsecured. */
    private static final RawBlock UNSECURED = new RawBlock(RawBlock.KMRSP, new byte[4]);

    /** Where the listener has its passphrase from. */
    enum Source {
        OPTION,
        FILTER
    }

    private final Loopback loopback = new Loopback(2);
    private final Recorder received = new Recorder();
    private final AtomicInteger initialized = new AtomicInteger();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @EnumSource
    void aCallerThatAnswersAKeyRequestNobodyMadeIsClosed_beforeInitChannel(Source source) throws Exception {
        listen(source);

        stranger(RawHandshake.conclusion().block(UNSECURED));
        stranger(RawHandshake.conclusion().encryption(2).block(UNSECURED));
        stranger(RawHandshake.conclusion(List.of(UNSECURED, RawBlock.live())).extension(7));

        assertOnlyTheOwnerIsServed();
    }

    @ParameterizedTest
    @EnumSource
    void aCallerOfVersion4IsNotConnected(Source source) throws Exception {
        listen(source);

        stranger(RawHandshake.conclusion4());
        stranger(RawHandshake.conclusion4().encryption(2));

        assertOnlyTheOwnerIsServed();
    }

    /** The length 0 is that of the key material of a connection that has none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 14, 16, 20, 31, 32, 33, 64, 128, 256})
    void noAnswerOfAnyLengthReplacesTheKey(int words) throws Exception {
        listen(Source.OPTION);

        for (int type : new int[] {RawBlock.KMREQ, RawBlock.KMRSP}) {
            for (int state = 0; state <= 5; state++) {
                byte[] content = new byte[4 * words];
                if (words > 0) {
                    content[3] = (byte) state;
                }
                stranger(RawHandshake.conclusion().block(new RawBlock(type, content)));
            }
        }

        assertOnlyTheOwnerIsServed();
    }

    @Test
    void anUnencryptedCallerIsAccepted_whereEncryptionIsNotEnforced() throws Exception {
        listen(b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                .option(SrtChannelOption.SRTO_ENFORCEDENCRYPTION, false));
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            assertThat(peer.connect(RawHandshake.conclusion())).hasToString("CONNECTED 5");
            peer.send(new byte[] {1});
            received.awaitMessages(1);
        }
    }

    @Test
    void aConnectFails_whenTheServerHasNoKey() throws Exception {
        RawBlock accepted = RawBlock.hsrsp(RawBlock.VERSION, RawBlock.LIVE, 120);
        assertUnsecure(request -> RawHandshake.conclusion(List.of(accepted, UNSECURED)));
        assertUnsecure(request -> RawHandshake.conclusion(List.of(accepted)));
    }

    @Test
    void aConnectFails_whenTheServerAnswersWithVersion4() throws Exception {
        assertUnsecure(request -> RawHandshake.conclusion4());
    }

    @Test
    void packetsInClearOfAnEncryptedConnectionAreDroppedAndCounted() throws Exception {
        listen(Source.OPTION);
        RawKey key = RawKey.even(SECRET, 16, SEED);
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            assertThat(peer.connect(RawHandshake.conclusion().key(key))).hasToString("CONNECTED 5");
            SrtChannel accepted = loopback.accepted();
            peer.send(new byte[] {1}, 0);
            peer.encryptWith(key, RawKey.EVEN);
            peer.send(new byte[] {2});
            peer.send(new byte[] {3}, 0);
            peer.send(new byte[] {4});
            received.awaitMessages(1);
            peer.send(new byte[] {5}); // libsrt 1.5.4 and later keep what follows a dropped packet until one more comes

            received.awaitMessages(3);
            assertThat(received.messages()).containsExactly(new byte[] {2}, new byte[] {4}, new byte[] {5});
            assertThat(accepted.statistics().asLong(SrtStatistic.PKT_RCV_UNDECRYPT_TOTAL))
                    .isEqualTo(2);
        }
    }

    /** libsrt before 1.5.2 delivers them as they are. */
    @ParameterizedTest
    @ValueSource(ints = {RawKey.ODD, RawKey.EVEN | RawKey.ODD})
    void packetsOfAKeyThatWasNotExchangedAreCounted(int flags) throws Exception {
        listen(Source.OPTION);
        RawKey key = RawKey.even(SECRET, 16, SEED);
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            assertThat(peer.connect(RawHandshake.conclusion().key(key))).hasToString("CONNECTED 5");
            SrtChannel accepted = loopback.accepted();
            peer.send(new byte[] {1}, flags);
            peer.encryptWith(key, RawKey.EVEN);
            peer.send(new byte[] {2});

            Await.until("the last one", () -> received.messages().stream().anyMatch(m -> m[0] == 2));
            assertThat(accepted.statistics().asLong(SrtStatistic.PKT_RCV_UNDECRYPT_TOTAL))
                    .isEqualTo(1);
        }
    }

    private void listen(Source source) {
        listen(
                source == Source.OPTION
                        ? b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                        : b -> b.option(
                                SrtServerChannelOption.ACCEPT_FILTER,
                                request -> SrtAcceptDecision.accept().with(SrtChannelOption.SRTO_PASSPHRASE, SECRET)));
    }

    private void listen(Consumer<ServerBootstrap> options) {
        loopback.listen(
                channel -> {
                    initialized.incrementAndGet();
                    channel.pipeline().addLast(received);
                },
                options);
    }

    /** Calls without the passphrase and sends in clear and with key flags, whatever the answer is. */
    private void stranger(RawHandshake conclusion) throws IOException {
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            peer.connect(conclusion, DECISION); // on Linux some are dropped before libsrt sees them
            for (int flags = 0; flags <= 3; flags++) {
                peer.send(new byte[] {66}, flags);
            }
            peer.control(RawPacket.EXTENDED, RawBlock.KMRSP, 0, new byte[0]);
            peer.send(new byte[] {66}, 0);
        }
    }

    private void assertOnlyTheOwnerIsServed() throws Exception {
        RawKey key = RawKey.even(SECRET, 16, SEED);
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            assertThat(peer.connect(RawHandshake.conclusion().key(key))).hasToString("CONNECTED 5");
            peer.encryptWith(key, RawKey.EVEN);
            peer.send(new byte[] {7});
            received.awaitMessages(1);
            assertThat(received.messages()).containsExactly(new byte[] {7});
            assertThat(initialized).hasValue(1);
        }
    }

    private void assertUnsecure(UnaryOperator<RawHandshake> answer) throws IOException {
        Recorder calling = new Recorder();
        try (RawServer server = RawServer.open()
                .onConclusion(request -> answer.apply(request)
                        .isn(request.isn())
                        .socketId(99)
                        .cookie(request.cookie())
                        .destination(request.socketId()))
                .start()) {
            ChannelFuture caller = loopback.caller(calling, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET))
                    .connect(server.address())
                    .awaitUninterruptibly();
            assertThat(caller.cause()).isInstanceOf(SrtRejectedException.class);
            assertThat(calling.events()).doesNotContain("active");
            assertThat(caller.channel().closeFuture().awaitUninterruptibly(20_000))
                    .isTrue();
        }
    }
}
