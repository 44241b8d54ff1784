// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger names in a handshake of 92 bytes costs nothing beyond the limits. */
@Tag("slow")
class HandshakeGuardTest {
    private static final int HUGE_WINDOW = 40_000_000; // libsrt allocates 916 MiB for it
    private static final int EBADF = 9;
    private static final long TOLERATED_KIB = 450 * 1024; // the JVM may grow meanwhile, too

    @BeforeEach
    void skipElsewhere() {
        assumeTrue(Platform.isLinux(), "the filter is for Linux only");
        assertThat(HandshakeGuard.instance().isActive()).isTrue();
    }

    /** Listener, family of the raw peer: IPv4, IPv6, and IPv4 to a listener of both. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "::, 127.0.0.1", "::, ::1", "0.0.0.0, 127.0.0.1"})
    void aListenerIgnoresAHugeWindowWithoutAllocating(String bound, String host) throws Exception {
        assumeUsable(host);
        SrtSocket listener = listen(bound);
        InetSocketAddress address =
                new InetSocketAddress(host, listener.localAddress().getPort());
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(host))) {
            int cookie = peer.cookie(address);
            long before = memoryKib();

            peer.conclude(address, cookie, RawHandshake.MSS, HUGE_WINDOW);

            assertUnansweredUnlikeTheNext(peer, address, cookie);
            assertThat(memoryKib() - before).isLessThan(TOLERATED_KIB);
            Loopback.accept(listener).close();
        } finally {
            listener.close();
        }
    }

    @Test
    void aWindowUpToTheLimitConnects_andOneMoreDoesNot() throws Exception {
        int limit = HandshakeGuard.instance().limits().maxWindow();
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            int cookie = peer.cookie(listener.localAddress());
            peer.conclude(listener.localAddress(), cookie, RawHandshake.MSS, limit);
            assertThat(typeOf(peer.receiveAnswer(peer.socketId()))).isEqualTo(RawHandshake.CONCLUSION);

            peer.conclude(listener.localAddress(), cookie, RawHandshake.MSS, limit + 1);
            assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
        } finally {
            listener.close();
        }
    }

    /** From 60 to 92 bytes libsrt writes its answer past the end of a buffer, and the process aborts. */
    @Test
    void anMssFromTheLimitOnConnects_andASmallerOneDoesNot() throws Exception {
        int limit = HandshakeGuard.instance().limits().minMss();
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            int cookie = peer.cookie(listener.localAddress());
            peer.conclude(listener.localAddress(), cookie, limit, RawHandshake.WINDOW);
            assertThat(typeOf(peer.receiveAnswer(peer.socketId()))).isEqualTo(RawHandshake.CONCLUSION);

            for (int mss : new int[] {HandshakeFilter.LEAST_MSS_OF_LIBSRT, 44, 100, 200, limit - 1}) {
                peer.conclude(listener.localAddress(), cookie, mss, RawHandshake.WINDOW);
                assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
            }
        } finally {
            listener.close();
        }
    }

    @Test
    void aRejectionWithEmptyFieldsReachesTheCaller() throws Exception {
        SrtSocket caller = SrtSocket.create();
        try (RawHandshake server = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            caller.setOption(SrtOptions.SRTO_CONNTIMEO, Loopback.CONNECT_MILLIS);
            caller.connect(server.address());
            server.reject(SrtRejectReason.NOTFOUND.code());
            Await.until("rejected", () -> caller.state() == SrtSocketState.BROKEN);
            assertThat(caller.rejectReason()).isEqualTo(SrtRejectReason.NOTFOUND);
        } finally {
            caller.close();
        }
    }

    @Test
    void aCallerIgnoresTheHugeWindowOfAServer_andTimesOutWithoutAllocating() throws Exception {
        assertCallerTimesOut(Loopback.V4, RawHandshake.MSS, HUGE_WINDOW, caller -> {});
    }

    @Test
    void aCallerOverIpv6IgnoresTheHugeWindowOfAServer() throws Exception {
        assumeUsable(Loopback.V6);
        assertCallerTimesOut(Loopback.V6, RawHandshake.MSS, HUGE_WINDOW, caller -> {});
    }

    @Test
    void aBoundCallerIgnoresTheHugeWindowOfAServer() throws Exception {
        assertCallerTimesOut(
                Loopback.V4,
                RawHandshake.MSS,
                HUGE_WINDOW,
                caller -> caller.bind(new InetSocketAddress(Loopback.V4, 0)));
    }

    @Test
    void aCallerIgnoresTheSmallMssOfAServer() throws Exception {
        assertCallerTimesOut(Loopback.V4, 100, RawHandshake.WINDOW, caller -> {});
    }

    @Test
    void aCallerConnectsToAServerWithinTheLimits() throws Exception {
        SrtSocket caller = SrtSocket.create();
        try (RawHandshake server = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            caller.setOption(SrtOptions.SRTO_CONNTIMEO, Loopback.CONNECT_MILLIS);
            caller.connect(server.address());
            server.serve(
                    HandshakeGuard.instance().limits().minMss(),
                    HandshakeGuard.instance().limits().maxWindow());
            Await.until("connected", () -> caller.state() == SrtSocketState.CONNECTED);
        } finally {
            caller.close();
        }
    }

    @Test
    void aListenerThatSharesThePortOfACallerIsGuarded() throws Exception {
        SrtSocket caller = SrtSocket.create();
        SrtSocket listener = SrtSocket.create();
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4));
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName(Loopback.V4))) {
            caller.bind(new InetSocketAddress(Loopback.V4, 0));
            listener.bind(caller.localAddress());
            listener.listen(1);
            caller.connect(new InetSocketAddress(Loopback.V4, silent.getLocalPort()));
            int cookie = peer.cookie(listener.localAddress());
            peer.conclude(listener.localAddress(), cookie, RawHandshake.MSS, HUGE_WINDOW);
            assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
        } finally {
            caller.close();
            listener.close();
        }
    }

    @Test
    void socketsThatNameMoreThemselves_connectToEachOther() throws Exception {
        int window = HandshakeGuard.instance().limits().maxWindow() + 1;
        Loopback.Setup wide = socket -> {
            socket.setOption(SrtOptions.SRTO_FC, window);
            socket.setOption(SrtOptions.SRTO_MSS, 400);
        };
        try (Loopback loopback = Loopback.connect(Loopback.V4, wide, wide)) {
            assertThat(loopback.accepted().state()).isEqualTo(SrtSocketState.CONNECTED);
        }
    }

    @Test
    void aSocketThatNamesMoreWidensTheLimitsOfItsOwnPortAlone() throws Exception {
        HandshakeFilter limits = HandshakeGuard.instance().limits();
        SrtSocket wide =
                Loopback.listen(Loopback.V4, socket -> socket.setOption(SrtOptions.SRTO_FC, limits.maxWindow() + 1));
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            int cookie = peer.cookie(wide.localAddress());
            peer.conclude(wide.localAddress(), cookie, RawHandshake.MSS, limits.maxWindow() + 1);
            assertThat(typeOf(peer.receiveAnswer(peer.socketId()))).isEqualTo(RawHandshake.CONCLUSION);

            cookie = peer.cookie(listener.localAddress());
            peer.conclude(listener.localAddress(), cookie, RawHandshake.MSS, limits.maxWindow() + 1);
            assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
        } finally {
            wide.close();
            listener.close();
        }
    }

    @Test
    void limitsAreWidenedOnlyWhereASocketNamesMore() {
        HandshakeFilter filter = new HandshakeFilter(1000, 576, false, false, false);
        assertThat(filter.allowing(new HandshakeFilter(25, 1500, false, false, false)))
                .isSameAs(filter);
        assertThat(filter.allowing(new HandshakeFilter(1001, 100, true, true, true)))
                .isEqualTo(new HandshakeFilter(1001, 100, true, true, true));
    }

    @Test
    void aDatagramShorterThanAHandshakeIsDropped_andOthersGoOn() throws Exception {
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            for (int length = 0; length < RawHandshake.BODY + RawHandshake.BODY_BYTES; length++) {
                byte[] start = new byte[length];
                if (length > 0) {
                    start[0] = (byte) 0x80;
                }
                peer.send(start, listener.localAddress());
            }
            assertThat(peer.cookie(listener.localAddress())).isNotZero();
        } finally {
            listener.close();
        }
    }

    @Test
    void dataOfAnyContentPasses() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int messages = 2_000;
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        Loopback.Setup undelayed = socket -> {
            socket.setOption(SrtOptions.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
            socket.setOption(SrtOptions.SRTO_MESSAGEAPI, true);
        };
        try (Loopback loopback = Loopback.connect(Loopback.V4, undelayed, undelayed)) {
            for (int i = 0; i < messages; i++) {
                byte[] message = new byte[1 + random.nextInt(1316)];
                random.nextBytes(message);
                Arrays.fill(message, 0, Math.min(message.length, i % 100), (byte) 0xFF);
                sent.update(message);
                Await.until("room", () -> Loopback.send(loopback.caller(), message) == message.length);
                received.update(Loopback.receive(loopback.accepted()));
            }
        }
        assertThat(received.digest()).isEqualTo(sent.digest());
    }

    @Test
    void theSocketIsFoundByItsAddress_alsoWithAWrongGuess() throws Exception {
        SrtSocket socket = SrtSocket.create();
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName(Loopback.V4))) {
            int guess = HandshakeGuard.instance().guessDescriptor();
            socket.bind(new InetSocketAddress(Loopback.V4, 0));
            InetSocketAddress local = socket.localAddress();

            UdpSocket found = UdpSocket.find(local, -1);
            assertThat(found).isNotNull().isEqualTo(UdpSocket.find(local, guess));
            assertThat(UdpSocket.find(local, found.descriptor() + 1)).isEqualTo(found);
            assertThat(UdpSocket.find(local, 1 << 20)).isEqualTo(found);
            assertThat(UdpSocket.find((InetSocketAddress) other.getLocalSocketAddress(), -1))
                    .isNotEqualTo(found);
            assertThat(UdpSocket.find(new InetSocketAddress("127.0.0.2", local.getPort()), -1))
                    .isNull();
        } finally {
            socket.close();
        }
    }

    /** Type of the handshake: induction, wave a hand, conclusion, agreement, a rejection. */
    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, -2, 1002})
    void theFilterDropsHandshakesOfEveryTypeBeyondTheLimits_andNothingElse(int type) throws Exception {
        HandshakeFilter filter = new HandshakeFilter(1000, 576, false, false, true);
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            UdpSocket udp = UdpSocket.find(receiver.address(), -1);
            assertThat(udp).isNotNull();
            assertThat(udp.attach(filter.program())).isZero();
            InetSocketAddress to = receiver.address();

            sender.send(packet(0x8000_0000, 575, 1000, type), to);
            sender.send(packet(0x8000_0000, 576, 1001, type), to);
            sender.send(packet(0x8000_FFFF, 1500, -1, type), to); // libsrt ignores the subtype
            sender.send(packet(0x8000_0000, 1500, Integer.MIN_VALUE, type), to);
            sender.send(Arrays.copyOf(packet(0x8000_0000, 1500, 1000, type), 63), to);
            List<byte[]> passing = List.of(
                    packet(0x8000_0000, 576, 1000, type),
                    packet(0x8000_0000, Integer.MAX_VALUE, 0, type),
                    packet(0x8000_0000, 0, 0, type),
                    packet(0x8003_0000, 100, 5000, type), // a list of losses
                    packet(0x0000_0001, 100, 5000, type)); // data
            for (byte[] packet : passing) {
                sender.send(packet, to);
                assertThat(receiver.receive().array()).isEqualTo(packet);
            }
        }
    }

    static byte[] packet(int firstWord, int mss, int window, int type) {
        return ByteBuffer.allocate(RawHandshake.BODY + RawHandshake.BODY_BYTES)
                .putInt(0, firstWord)
                .putInt(RawHandshake.BODY + 12, mss)
                .putInt(RawHandshake.BODY + 16, window)
                .putInt(RawHandshake.BODY + 20, type)
                .array();
    }

    @Test
    void aFilterThatTheSystemRefuses_isReportedByItsErrorNumber() {
        ByteBuffer program = HandshakeGuard.instance().limits().program();
        assertThat(new UdpSocket(1 << 20).attach(program)).isEqualTo(EBADF);
    }

    @Test
    void anUnboundCallerHasItsOwnPort_andAnUnboundRendezvousIsRejectedAsEver() throws Exception {
        SrtSocket rendezvous = SrtSocket.create();
        try (Loopback loopback = Loopback.connect()) {
            InetSocketAddress local = loopback.caller().localAddress();
            assertThat(local.getAddress()).isEqualTo(InetAddress.getByName(Loopback.V4));
            assertThat(local).isEqualTo(loopback.accepted().remoteAddress());
            rendezvous.setOption(SrtOptions.SRTO_RENDEZVOUS, true);
            SrtException e = catchThrowableOfType(
                    SrtException.class, () -> rendezvous.connect(new InetSocketAddress(Loopback.V4, 9)));
            assertThat(e.error()).isEqualTo(SrtError.ERDVUNBOUND);
        } finally {
            rendezvous.close();
        }
    }

    private static void assertCallerTimesOut(String host, int mss, int window, Loopback.Setup setup) throws Exception {
        SrtSocket caller = SrtSocket.create();
        try (RawHandshake server = new RawHandshake(InetAddress.getByName(host))) {
            caller.setOption(SrtOptions.SRTO_CONNTIMEO, 3_000);
            setup.apply(caller);
            long before = memoryKib();
            caller.connect(server.address());
            server.serve(mss, window);
            Await.until("the end", () -> caller.state() == SrtSocketState.BROKEN);
            assertThat(caller.rejectReason()).isEqualTo(SrtRejectReason.TIMEOUT);
            assertThat(memoryKib() - before).isLessThan(TOLERATED_KIB);
        } finally {
            caller.close();
        }
    }

    /**
     * libsrt handles the packets of a port in their order, so an answer to the next one says that the last has none.
     */
    private static void assertUnansweredUnlikeTheNext(RawHandshake peer, InetSocketAddress listener, int cookie)
            throws IOException {
        int unanswered = peer.socketId();
        peer.conclude(listener, cookie, RawHandshake.MSS, RawHandshake.WINDOW);
        ByteBuffer answer = peer.receiveAnswer(unanswered, peer.socketId());
        assertThat(answer).isNotNull();
        assertThat(answer.getInt(12)).isEqualTo(peer.socketId());
        assertThat(typeOf(answer)).isEqualTo(RawHandshake.CONCLUSION);
    }

    static int typeOf(ByteBuffer answer) {
        assertThat(answer).as("an answer").isNotNull();
        return RawHandshake.typeOf(answer);
    }

    private static SrtSocket listen(String host) throws SrtException {
        return Loopback.listen(host, socket -> socket.setOption(SrtOptions.SRTO_IPV6ONLY, 0));
    }

    /** Returns the process's data, heap, stacks and native memory, touched or not. */
    private static long memoryKib() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(text -> text.startsWith("VmData:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private static void assumeUsable(String host) {
        try {
            new DatagramSocket(0, InetAddress.getByName(host)).close();
        } catch (IOException e) {
            assumeTrue(false, "this machine has no " + host);
        }
    }
}
