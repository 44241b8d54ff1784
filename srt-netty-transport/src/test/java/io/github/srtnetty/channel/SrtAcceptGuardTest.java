// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawPeer;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers that do not keep to the protocol, against a listener. */
@Tag("slow")
class SrtAcceptGuardTest {
    private static final String SECRET = "correct horse battery";
    private static final long SEED = 20261127;

    private final Loopback loopback = new Loopback(2);
    private final List<SrtRejectedEvent> events = new CopyOnWriteArrayList<>();
    private final List<Recorder> children = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void twoStreamIdsInOneHandshake_areClosedBeforeInitChannel_andCounted() throws Exception {
        listen(b -> {});

        try (RawPeer peer = RawPeer.to(loopback.address())) {
            peer.connect(RawHandshake.conclusion()
                    .streamId("x".repeat(20) + ",mode:request")
                    .streamId("/studio,mode:publish"));
            peer.send(new byte[188]);

            Await.until("it is counted", () -> rejected(SrtRejectedEvent.Cause.STREAM_ID) == 1);
            Await.until("the event", () -> !events.isEmpty());
        }

        assertThat(asked).containsExactly("/studio,mode:publish,mode:request");
        assertThat(events.get(0).cause()).isEqualTo(SrtRejectedEvent.Cause.STREAM_ID);
        loopback.connect(new Recorder());
        assertThat(loopback.accepted().acceptRequest().streamId()).isEmpty();
        assertThat(children).allMatch(child -> child.messages().isEmpty());
    }

    @Test
    void aCallerThatLeavesAtOnce_isNoOtherCaller() throws Exception {
        listen(b -> b.option(ChannelOption.AUTO_READ, false));

        List<String> accepted = new ArrayList<>();
        try (RawPeer leaving = RawPeer.to(loopback.address());
                RawPeer next = RawPeer.to(loopback.address())) {
            assertThat(leaving.connect(RawHandshake.conclusion().streamId("a"))).hasToString("CONNECTED 5");
            leaving.shutdown();
            assertThat(next.connect(RawHandshake.conclusion().streamId("b"))).hasToString("CONNECTED 5");
            loopback.listener().config().setAutoRead(true);

            while (!accepted.contains("b")) {
                accepted.add(loopback.accepted().acceptRequest().streamId());
            }
        }
        assertThat(accepted).isSubsetOf("a", "b"); // libsrt drops one that has left, about a second later
        assertThat(rejected(SrtRejectedEvent.Cause.STREAM_ID)).isZero();
    }

    @Test
    void aHandshakeOfVersion4_isRejected_unlessTheVersionIsLowered() throws Exception {
        listen(b -> {});
        assertRejected4();

        listen(b -> b.option(SrtChannelOption.SRTO_MINVERSION, 0x010000));
        assertThat(connect4()).isEqualTo("CONNECTED 4");
    }

    @Test
    void aHandshakeOfVersion4_bringsNoPlaintextIntoAListenerWithPassphrase() throws Exception {
        listen(b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET));

        assertRejected4();
        assertThat(children).allMatch(child -> child.messages().isEmpty());
    }

    @Test
    void aHandshakeOfVersion4_bringsNoPlaintext_whereTheDecisionHasThePassphrase() throws Exception {
        listen(b -> b.option(SrtChannelOption.SRTO_MINVERSION, 0x010000)
                .option(
                        SrtServerChannelOption.ACCEPT_FILTER,
                        request -> SrtAcceptDecision.accept().with(SrtChannelOption.SRTO_PASSPHRASE, SECRET)));

        assertRejected4();
        assertThat(children).allMatch(child -> child.messages().isEmpty());
    }

    @Test
    void theFilterCanAdmitAHandshakeOfVersion4() throws Exception {
        listen(b -> b.option(
                SrtServerChannelOption.ACCEPT_FILTER,
                request -> request.handshakeVersion() == 4
                        ? SrtAcceptDecision.accept().with(SrtChannelOption.SRTO_MINVERSION, 0x010200)
                        : SrtAcceptDecision.reject(1403)));

        assertThat(connect4()).isEqualTo("CONNECTED 4");
    }

    /** Without a hook. With one, libsrt would reject later, after it has allocated buffers. */
    @Test
    void libsrtRejectsAHandshakeOfVersion4Too_byTheDefaultOfItsSocket() throws Exception {
        SrtSocket listener = SrtSocket.create();
        listener.bind(new InetSocketAddress("127.0.0.1", 0));
        listener.listen(10);
        try (RawPeer peer = RawPeer.to(listener.localAddress())) {
            assertThat(peer.connect(RawHandshake.conclusion4()).isConnected()).isFalse();
        } finally {
            listener.close();
        }
    }

    @Test
    void callersWithAWrongPassphrase_leaveNothingBehind() throws Exception {
        listen(b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                .option(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.NONE)
                .option(
                        SrtServerChannelOption.ACCEPT_FILTER,
                        request -> request.streamId().equals("no")
                                ? SrtAcceptDecision.reject(1403)
                                : SrtAcceptDecision.accept()));
        RawKey wrong = RawKey.even("another passphrase", 16, SEED);

        for (int i = 0; i < 300; i++) {
            try (RawPeer peer = RawPeer.to(loopback.address())) {
                assertThat(peer.connect(RawHandshake.conclusion().key(wrong).streamId("x" + i)))
                        .hasToString("REJECTED 10");
            }
        }
        assertThat(loopback.listener().acceptCounts().admitted()).isEqualTo(300);
        assertThat(loopback.listener().acceptCounts().halfOpen()).isPositive();
        Await.until("libsrt has freed them, and handshakes find that out", () -> {
            call("no");
            return loopback.listener().acceptCounts().halfOpen() == 0;
        });
    }

    @Test
    void anAddressThatTriesPassphrases_isRejectedSoon() throws Exception {
        listen(b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                .option(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.DEFAULT.withHandshakes(1, 100)));
        RawKey wrong = RawKey.even("another passphrase", 16, SEED);
        int tried = 0;

        while (rejected(SrtRejectedEvent.Cause.ADDRESS_RATE) == 0) {
            try (RawPeer peer = RawPeer.to(loopback.address())) {
                peer.connect(RawHandshake.conclusion().key(wrong));
                tried++;
            }
        }

        assertThat(tried).isLessThan(20);
    }

    @Test
    void anAddressThatCallsTooOften_isRejectedBeforeTheFilter_andOthersAreNot() throws Exception {
        listen(b -> b.option(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.DEFAULT.withHandshakes(1, 3)));
        InetAddress other = InetAddress.getByName("127.0.0.2");
        List<String> results = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            results.add(connect());
        }
        try (RawPeer peer = RawPeer.from(other, loopback.address())) {
            assertThat(peer.connect()).hasToString("CONNECTED 5");
        }

        assertThat(results.subList(0, 3)).containsOnly("CONNECTED 5");
        assertThat(results.subList(3, 10)).contains("REJECTED 1402");
        long rejected = rejected(SrtRejectedEvent.Cause.ADDRESS_RATE);
        assertThat(rejected)
                .isEqualTo(results.stream().filter("REJECTED 1402"::equals).count());
        assertThat(asked).hasSize(11 - (int) rejected);
    }

    @Test
    void aCallerThatTheFilterKnows_isDecidedAboveTheRateOfItsAddress() throws Exception {
        SrtAcceptFilter filter = new SrtAcceptFilter() {
            @Override
            public SrtAcceptDecision decide(SrtAcceptRequest request) {
                return SrtAcceptDecision.accept();
            }

            @Override
            public boolean mayExceedRate(SrtAcceptRequest request) {
                return request.streamId().equals("known");
            }
        };
        listen(b -> b.option(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.DEFAULT.withHandshakes(1, 1))
                .option(SrtServerChannelOption.ACCEPT_FILTER, filter));
        int strangers = 0; // that were let in; the listener may not have accepted the last of them yet
        while (rejected(SrtRejectedEvent.Cause.ADDRESS_RATE) == 0) {
            strangers += call("stranger").equals("CONNECTED 5") ? 1 : 0;
        }

        for (int i = 0; i < 5; i++) {
            assertThat(call("known")).isEqualTo("CONNECTED 5");
        }
        loopback.listener().config().setOption(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.NONE);
        assertThat(call("stranger")).isEqualTo("CONNECTED 5");
        int admitted = strangers + 6;
        Await.until("all are in", () -> loopback.listener().acceptCounts().accepted() == admitted);
    }

    @Test
    void tooManyHalfOpenCallers_areRejected_untilOthersAreAccepted() throws Exception {
        listen(b -> b.option(ChannelOption.AUTO_READ, false)
                .option(SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.DEFAULT.withHalfOpen(2)));
        assertThat(connect()).isEqualTo("CONNECTED 5");
        assertThat(connect()).isEqualTo("CONNECTED 5");

        assertThat(connect()).isEqualTo("REJECTED 1402");
        assertThat(rejected(SrtRejectedEvent.Cause.HALF_OPEN)).isEqualTo(1);
        assertThat(loopback.listener().acceptCounts().halfOpen()).isEqualTo(2);

        loopback.listener().config().setAutoRead(true);
        loopback.accepted();
        loopback.accepted();
        assertThat(connect()).isEqualTo("CONNECTED 5");
    }

    private void listen(Consumer<ServerBootstrap> options) {
        loopback.listen(this::record, b -> {
            b.handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                            events.add((SrtRejectedEvent) event);
                        }
                    })
                    .option(SrtServerChannelOption.ACCEPT_FILTER, request -> {
                        asked.add(request.streamId());
                        return SrtAcceptDecision.accept();
                    });
            options.accept(b);
        });
    }

    private void record(Channel child) {
        Recorder recorder = new Recorder();
        children.add(recorder);
        child.pipeline().addLast(recorder);
    }

    private long rejected(SrtRejectedEvent.Cause cause) {
        return loopback.listener().acceptCounts().rejected(cause);
    }

    private String connect() throws IOException {
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            return peer.connect().toString();
        }
    }

    /** libsrt does not answer such a caller, whatever the code is. */
    private void assertRejected4() throws IOException {
        assertThat(connect4()).isEqualTo("TIMEOUT");
        Await.until("the event", () -> !events.isEmpty());
        assertThat(events.get(0).reason().name()).isEqualTo("VERSION");
        assertThat(rejected(SrtRejectedEvent.Cause.VERSION)).isEqualTo(1);
        assertThat(loopback.listener().acceptCounts().admitted()).isZero();
    }

    /** Connects as SRT before 1.3 does, and sends in clear. */
    private String connect4() throws IOException {
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            String result = peer.connect(RawHandshake.conclusion4()).toString();
            peer.send(new byte[188]);
            return result;
        }
    }

    private String call(String streamId) {
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            return peer.connect(RawHandshake.conclusion().streamId(streamId)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
