// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SrtPollerTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);
    private static final Duration ONE_SWEEP = Duration.ofMillis(1500);

    private SrtPoller poller;
    private int sizeBefore;

    /** ORs the events that it gets, as an event loop does. */
    private static final class Events implements SrtPoller.Listener {
        final AtomicInteger seen = new AtomicInteger();

        @Override
        public void ready(int events) {
            seen.getAndUpdate(old -> old | events);
        }

        boolean has(int event) {
            return (seen.get() & event) != 0;
        }
    }

    @BeforeEach
    void findPoller() throws SrtException {
        poller = SrtPoller.instance();
        sizeBefore = poller.size();
    }

    @AfterEach
    void nothingStaysSubscribed() {
        poller.sweeps(true);
        assertThat(poller.size()).isEqualTo(sizeBefore);
    }

    @Test
    void isOneDaemonThreadForTheProcess() throws Exception {
        assertThat(SrtPoller.instance()).isSameAs(poller);
        assertThat(pollerThreads())
                .singleElement()
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
    }

    @Test
    void notifiesListeners_whileItBacksOff() throws Exception {
        poller.backOffFor(TimeUnit.SECONDS.toNanos(2));
        tellsAListenerOfAConnectionAndTheCallerOfItsSuccess();
    }

    @Test
    void tellsAListenerOfAConnectionAndTheCallerOfItsSuccess() throws Exception {
        poller.sweeps(false); // which report EVENT_ERR for every socket
        Events accepting = new Events();
        Events connecting = new Events();
        SrtSocket listener = Loopback.listen(Loopback.V4, socket -> poller.add(socket, accepting));
        SrtSocket caller = SrtSocket.create();
        poller.add(caller, connecting);
        assertThat(poller.size()).isEqualTo(sizeBefore + 2);
        caller.connect(listener.localAddress());
        Await.until("IN at the listener", () -> accepting.has(SrtSocket.EVENT_IN));
        Await.until("OUT at the caller", () -> connecting.has(SrtSocket.EVENT_OUT));
        assertThat(connecting.has(SrtSocket.EVENT_ERR)).isFalse();
        end(listener, accepting);
        end(caller, connecting);
    }

    @Test
    void tellsOfAMessageAndOfThePeersEnd_withoutTheSweep() throws Exception {
        poller.sweeps(false);
        Events events = new Events();
        try (Loopback loopback = Loopback.connect()) {
            poller.add(loopback.accepted(), events);
            Loopback.send(loopback.caller(), MESSAGE);
            Await.until("IN", () -> events.has(SrtSocket.EVENT_IN));
            loopback.caller().close();
            Await.until("ERR", () -> events.has(SrtSocket.EVENT_ERR));
            end(loopback.accepted(), events);
        }
    }

    @Test
    void tellsAgain_afterEverythingWasRead() throws Exception {
        Events events = new Events();
        try (Loopback loopback = Loopback.connect()) {
            poller.add(loopback.accepted(), events);
            for (int i = 0; i < 20; i++) {
                Loopback.send(loopback.caller(), MESSAGE);
                Await.until("IN, time " + i, () -> events.has(SrtSocket.EVENT_IN));
                events.seen.set(0);
                assertThat(Loopback.receive(loopback.accepted())).isEqualTo(MESSAGE);
            }
            end(loopback.accepted(), events);
        }
    }

    @Test
    void tellsTheCaller_whenItsConnectFails_withoutTheSweep() throws Exception {
        poller.sweeps(false);
        Events events = new Events();
        SrtSocket caller = brokenAfterConnect(socket -> poller.add(socket, events));
        Await.until("ERR", () -> events.has(SrtSocket.EVENT_ERR));
        end(caller, events);
    }

    @Tag("slow")
    @Test
    void findsABrokenSocketWhoseEventWasLost() throws Exception {
        Events events = new Events();
        SrtSocket broken = brokenAfterConnect(socket -> {});
        poller.add(broken, events);
        Await.until("ERR", () -> events.has(SrtSocket.EVENT_ERR));
        end(broken, events);
    }

    /** The state of a socket that connects may read BROKEN for a moment, so the first report need not be the last. */
    @Tag("slow")
    @Test
    void reportsABrokenSocketAtEachSweep_untilItIsRemoved() throws Exception {
        Events events = new Events();
        SrtSocket broken = brokenAfterConnect(socket -> {});
        poller.add(broken, events);
        for (int sweep = 0; sweep < 2; sweep++) {
            Await.until("ERR", () -> events.has(SrtSocket.EVENT_ERR));
            events.seen.set(0);
        }
        end(broken, events);
    }

    @Tag("slow")
    @Test
    void tellsNothing_onceASocketIsRemoved() throws Exception {
        Events events = new Events();
        try (Loopback loopback = Loopback.connect();
                Loopback other = Loopback.connect()) {
            poller.add(loopback.accepted(), events);
            poller.remove(loopback.accepted(), new Events()); // another listener's business
            Loopback.send(loopback.caller(), MESSAGE);
            Await.until("IN", () -> events.has(SrtSocket.EVENT_IN));
            Loopback.receive(loopback.accepted());
            poller.remove(loopback.accepted(), events);
            awaitWhatWasOnItsWay(other);
            events.seen.set(0);
            Loopback.send(loopback.caller(), MESSAGE);
            Await.until("readable", () -> (loopback.accepted().events() & SrtSocket.EVENT_IN) != 0);
            loopback.caller().close();
            Await.pass(ONE_SWEEP);
            assertThat(events.seen).hasValue(0);
        }
    }

    @Test
    void aListenerThatThrowsHarmsNoOther_norDoesALogThatBlocks() throws Exception {
        CountDownLatch logged = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        SrtLog.Sink usual = SrtLog.sink();
        SrtLog.setSink((level, area, message) -> {
            logged.countDown();
            awaitQuietly(blocked);
        });
        Events events = new Events();
        SrtPoller.Listener broken = bits -> {
            throw new AssertionError("on purpose");
        };
        try (Loopback one = Loopback.connect();
                Loopback other = Loopback.connect()) {
            poller.add(one.accepted(), broken);
            poller.add(other.accepted(), events);
            Loopback.send(one.caller(), MESSAGE);
            assertThat(logged.await(20, TimeUnit.SECONDS)).isTrue();
            Loopback.send(other.caller(), MESSAGE);
            Await.until("IN at the other", () -> events.has(SrtSocket.EVENT_IN));
            end(one.accepted(), broken);
            end(other.accepted(), events);
        } finally {
            blocked.countDown();
            SrtLog.setSink(usual);
        }
        assertThat(pollerThreads()).hasSize(1);
    }

    @Tag("slow")
    @Test
    void tells64SocketsThatAreReadyAtOnce() throws Exception {
        int count = 64;
        List<Events> reported = new ArrayList<>();
        List<SrtSocket> accepted = new ArrayList<>();
        List<SrtSocket> callers = new ArrayList<>();
        SrtSocket listener = Loopback.listen(Loopback.V4, s -> {});
        InetSocketAddress shared = new InetSocketAddress(Loopback.V4, 0);
        for (int i = 0; i < count; i++) {
            SrtSocket caller = SrtSocket.create();
            caller.bind(shared);
            shared = caller.localAddress();
            caller.connect(listener.localAddress());
            callers.add(caller);
            accepted.add(Loopback.accept(listener));
            reported.add(new Events());
            poller.add(accepted.get(i), reported.get(i));
        }
        for (SrtSocket caller : callers) {
            Await.until("connected", () -> caller.state() == SrtSocketState.CONNECTED);
            assertThat(Loopback.send(caller, MESSAGE)).isEqualTo(MESSAGE.length);
        }
        Await.until("IN at all", () -> reported.stream().allMatch(events -> events.has(SrtSocket.EVENT_IN)));
        for (int i = 0; i < count; i++) {
            end(accepted.get(i), reported.get(i));
            callers.get(i).close();
        }
        listener.close();
    }

    @Test
    void refusesASocketThatIsClosed_andForgetsIt() throws Exception {
        SrtSocket socket = SrtSocket.create();
        socket.close();
        SrtException failure = catchThrowableOfType(SrtException.class, () -> poller.add(socket, new Events()));
        assertThat(failure.function()).isEqualTo("srt_epoll_add_usock");
        assertThat(failure.error()).isEqualTo(SrtError.EINVSOCK);
    }

    @Tag("slow")
    @Test
    void usesNoProcessorTime_whileNothingHappens() throws Exception {
        long id = pollerThreads().get(0).getId();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long most = TimeUnit.MILLISECONDS.toNanos(50);
        long used = Long.MAX_VALUE;
        for (int second = 0; second < 5 && used >= most; second++) { // an earlier test may have made it back off
            long before = threads.getThreadCpuTime(id);
            Await.pass(Duration.ofSeconds(1));
            used = threads.getThreadCpuTime(id) - before;
        }
        assertThat(used).as("ns in the quietest second").isLessThan(most);
    }

    /** Waits for an event of another socket: the poller reports one after the other. */
    private void awaitWhatWasOnItsWay(Loopback other) throws Exception {
        Events events = new Events();
        poller.add(other.accepted(), events);
        Loopback.send(other.caller(), MESSAGE);
        Await.until("IN at the other", () -> events.has(SrtSocket.EVENT_IN));
        poller.remove(other.accepted(), events);
    }

    private void end(SrtSocket socket, SrtPoller.Listener listener) {
        poller.remove(socket, listener);
        socket.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SrtSocket brokenAfterConnect(Loopback.Setup setup) throws Exception {
        SrtSocket caller = SrtSocket.create();
        caller.setOption(SrtOptions.SRTO_CONNTIMEO, 100);
        setup.apply(caller);
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName(Loopback.V4))) {
            caller.connect(new InetSocketAddress(Loopback.V4, silent.getLocalPort()));
            Await.until("broken", () -> caller.state() == SrtSocketState.BROKEN);
        }
        return caller;
    }

    private static List<Thread> pollerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("srt-poller"))
                .toList();
    }
}
