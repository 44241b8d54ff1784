// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrtAcceptFilterTest {
    private final Loopback loopback = new Loopback(2);
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final ChannelInboundHandlerAdapter listening = new ChannelInboundHandlerAdapter() {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            events.add(event);
        }
    };

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void learnsWhoCalls_andAccepts() throws InterruptedException {
        AtomicReference<SrtAcceptRequest> asked = new AtomicReference<>();
        listen(request -> {
            asked.set(request);
            return SrtAcceptDecision.accept();
        });

        SrtChannel caller = loopback.connect(new Recorder(), b -> b.option(SrtChannelOption.SRTO_STREAMID, "#!::r=a"));

        assertThat(loopback.accepted().config().get(SrtChannelOption.SRTO_STREAMID))
                .isEqualTo("#!::r=a");
        assertThat(asked.get())
                .isEqualTo(new SrtAcceptRequest(
                        new InetSocketAddress("127.0.0.1", caller.localAddress().getPort()), "#!::r=a", 5));
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1403, 1404, 1503, 2042, 1000})
    void theRejectedCallerGetsTheCode_andTheListenerLearnsOfIt(int code) {
        listen(request -> SrtAcceptDecision.reject(code));

        ChannelFuture caller = loopback.tryConnect(
                new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_STREAMID, "x"));

        assertRejected(caller, code);
        Await.until("the event", () -> !events.isEmpty());
        SrtRejectedEvent event = (SrtRejectedEvent) events.get(0);
        assertThat(event.reason()).isEqualTo(new SrtRejectReason(code));
        assertThat(event.request().streamId()).isEqualTo("x");
        assertThat(event.cause()).isEqualTo(SrtRejectedEvent.Cause.FILTER);
        assertThat(loopback.listener().acceptCounts().rejected(SrtRejectedEvent.Cause.FILTER))
                .isEqualTo(1);
    }

    @Test
    void whatThrows_rejects() {
        try (LogRecorder log = new LogRecorder(SrtAcceptFilter.class)) {
            listen(request -> {
                throw new IllegalStateException("the table is empty");
            });

            assertRejected(loopback.tryConnect(new ChannelInboundHandlerAdapter(), b -> {}), 1500);
            log.awaitMessage("the accept filter failed and so rejects");
            Await.until("the event", () -> !events.isEmpty());
        }
    }

    @Test
    void aPassphraseForEachStream() throws InterruptedException {
        Map<String, String> secrets = Map.of("a", "the secret of a", "b", "another secret");
        listen(request -> secrets.containsKey(request.streamId())
                ? SrtAcceptDecision.accept().with(SrtChannelOption.SRTO_PASSPHRASE, secrets.get(request.streamId()))
                : SrtAcceptDecision.reject(SrtRejectReason.NOTFOUND));

        for (Map.Entry<String, String> stream : secrets.entrySet()) {
            SrtChannel caller =
                    (SrtChannel) call(stream.getKey(), stream.getValue()).sync().channel();
            assertThat(caller.config().get(SrtChannelOption.SRTO_SNDKMSTATE)).isEqualTo(SrtKeyState.SECURED);
            assertThat(loopback.accepted().config().get(SrtChannelOption.SRTO_RCVKMSTATE))
                    .isEqualTo(SrtKeyState.SECURED);
        }
        assertRejected(call("a", "another secret"), 10);
        assertRejected(call("c", "another secret"), 1404);
    }

    @Test
    void attributesOfTheDecision_areThereInInitChannel() throws InterruptedException {
        AttributeKey<String> role = AttributeKey.valueOf(SrtAcceptFilterTest.class, "role");
        List<Object> seen = new CopyOnWriteArrayList<>();
        loopback.listen(
                channel -> {
                    seen.add(channel.attr(role).get());
                    seen.add(((SrtChannel) channel).acceptRequest().streamId());
                },
                b -> b.option(
                        SrtServerChannelOption.ACCEPT_FILTER,
                        request -> SrtAcceptDecision.accept().attr(role, "role of " + request.streamId())));

        for (String id : List.of("a", "b")) {
            loopback.connect(new Recorder(), b -> b.option(SrtChannelOption.SRTO_STREAMID, id));
            loopback.accepted();
        }

        assertThat(seen).containsExactly("role of a", "a", "role of b", "b");
        assertThat(loopback.listener().acceptCounts()).isEqualTo(new SrtAcceptCounts(2, 2, 0, Map.of(), 0));
    }

    @Test
    void theRequestIsThere_alsoWithoutAFilter_andNotOfACaller() throws InterruptedException {
        loopback.listen(channel -> {});

        SrtChannel caller = loopback.connect(new Recorder(), b -> b.option(SrtChannelOption.SRTO_STREAMID, "a"));

        assertThat(loopback.accepted().acceptRequest()).isEqualTo(new SrtAcceptRequest(caller.localAddress(), "a", 5));
        assertThat(caller.acceptRequest()).isNull();
    }

    @Test
    void latencyAndBuffersOfItsOwn() throws InterruptedException {
        listen(request -> SrtAcceptDecision.accept()
                .with(SrtChannelOption.SRTO_RCVLATENCY, 345)
                .with(SrtChannelOption.SRTO_RCVBUF, 200 * 1472)
                .with(SrtChannelOption.SRTO_SNDBUF, 100 * 1472));

        loopback.connect(new ChannelInboundHandlerAdapter());

        SrtChannelConfig child = loopback.accepted().config();
        assertThat(child.get(SrtChannelOption.SRTO_RCVLATENCY)).isEqualTo(345);
        assertThat(child.get(SrtChannelOption.SRTO_RCVBUF)).isEqualTo(200 * 1472);
        assertThat(child.get(SrtChannelOption.SRTO_SNDBUF)).isEqualTo(100 * 1472);
    }

    @Test
    void fileModeForOneConnection() throws InterruptedException {
        Recorder received = new Recorder();
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(
                        SrtServerChannelOption.ACCEPT_FILTER,
                        request -> SrtAcceptDecision.accept()
                                .with(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE)));

        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::stream);
        SrtChannel child = loopback.accepted();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[5000]));

        Await.until(
                "all of it",
                () -> received.messages().stream().mapToInt(m -> m.length).sum() == 5000);
        assertThat(child.config().get(SrtChannelOption.SRTO_LINGER)).isZero();
    }

    @Test
    void aSlowFilterHarmsOnlyItsOwnPort() throws Exception {
        SlowFilter filter = new SlowFilter();
        listen(filter);
        try (Loopback other = new Loopback(1)) {
            Recorder received = new Recorder();
            other.listen(channel -> channel.pipeline().addLast(received));

            ChannelFuture slow = filter.callerThatWaits();
            other.connect(new ChannelInboundHandlerAdapter())
                    .writeAndFlush(Unpooled.wrappedBuffer(new byte[10]))
                    .sync();
            received.awaitMessages(1);

            assertThat(slow.isDone()).isFalse();
            filter.release(slow);
        }
    }

    @Test
    void aFilterThatIsSlowAgainIsLogged_notOneThatIsSlowOnce() throws Exception {
        SlowFilter filter = new SlowFilter();
        listen(filter);
        try (LogRecorder log = new LogRecorder(SrtAcceptFilter.class)) {
            for (int call = 0; call < 2; call++) {
                ChannelFuture slow = filter.callerThatWaits();
                long since = System.nanoTime();
                Await.until("it is slow enough", () -> System.nanoTime() - since > 60_000_000);
                filter.release(slow);
            }

            loopback.listener().eventLoop().submit(() -> {}).sync(); // it logs
            List<Integer> millis = slowCalls(log, loopback.address().getPort());
            assertThat(millis).isNotEmpty();
            assertThat(millis.subList(0, millis.size() - 1))
                    .as("a first call is logged only where it took a second, on a machine that stood still")
                    .allMatch(each -> each >= 1000);
        }
    }

    private static List<Integer> slowCalls(LogRecorder log, int port) {
        Pattern line = Pattern.compile(
                "the accept filter took (\\d+) ms .*meanwhile every connection of port " + port + " was blocked");
        return log.messages().stream()
                .map(line::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** Decides when the test releases it. */
    private final class SlowFilter implements SrtAcceptFilter {
        private final Semaphore entered = new Semaphore(0);
        private final Semaphore released = new Semaphore(0);

        @Override
        public SrtAcceptDecision decide(SrtAcceptRequest request) {
            entered.release();
            assertThat(acquire(released)).isTrue();
            return SrtAcceptDecision.accept();
        }

        ChannelFuture callerThatWaits() {
            ChannelFuture caller = loopback.tryConnect(
                    new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_CONNTIMEO, 60_000));
            assertThat(acquire(entered)).isTrue();
            return caller;
        }

        void release(ChannelFuture caller) {
            released.release();
            assertThat(caller.awaitUninterruptibly(60, TimeUnit.SECONDS)).isTrue();
            assertThat(caller.cause()).isNull();
        }

        private static boolean acquire(Semaphore semaphore) {
            try {
                return semaphore.tryAcquire(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Tag("slow")
    @Test
    void threeHundredAtOnceAreAccepted() throws InterruptedException {
        listen(request -> SrtAcceptDecision.accept());
        List<ChannelFuture> callers = new ArrayList<>();

        for (int i = 0; i < 300; i++) {
            callers.add(loopback.tryConnect(
                    new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_CONNTIMEO, 30_000)));
        }

        for (ChannelFuture caller : callers) {
            assertThat(caller.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(caller.cause()).isNull();
            loopback.accepted();
        }
    }

    @Test
    void aDecisionIsImmutable() {
        AttributeKey<String> key = AttributeKey.valueOf(SrtAcceptFilterTest.class, "immutable");
        SrtAcceptDecision first = SrtAcceptDecision.accept().with(SrtChannelOption.SRTO_LATENCY, 1);

        SrtAcceptDecision second = first.attr(key, "x").with(SrtChannelOption.SRTO_FC, 100);

        assertThat(first.attributes()).isEmpty();
        assertThat(second.attributes()).isEqualTo(Map.of(key, "x"));
        assertThat(second.options()).isEqualTo(Map.of(SrtChannelOption.SRTO_LATENCY, 1, SrtChannelOption.SRTO_FC, 100));
        assertThatThrownBy(() -> second.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> SrtAcceptDecision.reject(1404).attr(key, "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a rejected caller has no attributes");
    }

    @Test
    void aDecisionRefusesWhatCannotBe() {
        SrtAcceptDecision accept = SrtAcceptDecision.accept();

        assertThatThrownBy(() -> accept.with(SrtChannelOption.SRTO_STATE, SrtSocketState.OPENED))
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> accept.with(SrtChannelOption.SRTO_LINGER, 1)).hasMessageContaining("SO_LINGER");
        assertThatThrownBy(() -> accept.with(SrtChannelOption.SRTO_STREAMID, "x"))
                .hasMessageContaining("only the caller sets it");
        assertThatThrownBy(() -> accept.with(SrtChannelOption.SRTO_LATENCY, -1))
                .hasMessageContaining("SRTO_LATENCY=-1");
        assertThatThrownBy(() -> SrtAcceptDecision.reject(10)).hasMessageContaining("1000 or more");
        assertThatThrownBy(() -> SrtAcceptDecision.reject(1404).with(SrtChannelOption.SRTO_LATENCY, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    private void listen(SrtAcceptFilter filter) {
        loopback.listen(channel -> {}, b -> b.handler(listening).option(SrtServerChannelOption.ACCEPT_FILTER, filter));
    }

    private ChannelFuture call(String stream, String secret) {
        return loopback.tryConnect(
                new ChannelInboundHandlerAdapter(),
                b -> b.option(SrtChannelOption.SRTO_STREAMID, stream).option(SrtChannelOption.SRTO_PASSPHRASE, secret));
    }

    private static void assertRejected(ChannelFuture caller, int code) {
        assertThat(caller.awaitUninterruptibly().cause())
                .isInstanceOfSatisfying(
                        SrtRejectedException.class,
                        e -> assertThat(e.reason().code()).isEqualTo(code));
    }
}
