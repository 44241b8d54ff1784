// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.SrtMessageTooLongException;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ByteStream;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving and sending on threads that block. */
class SrtBlockingTest {
    private static final long SECONDS = 30;
    private static final int PAYLOAD = 1316;
    private static final String LIVE = "&latency=20&fc=" + CompleteDelivery.WINDOW + "&" + CompleteDelivery.IN_ADDRESS;
    private static final String FILE = "&transtype=file&messageapi=0";
    private static final String SMALL = "&fc=64&rcvbuf=94208&sndbuf=94208";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {LIVE, FILE})
    void everyByteArrives_andTheLoopEndsWhenTheSenderCloses(String options) throws Exception {
        carry(options, threads);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsReceiveAndSend() throws Exception {
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try {
            List<Future<?>> connections = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                connections.add(virtual.submit(() -> {
                    carry(LIVE, virtual);
                    return null;
                }));
            }
            for (Future<?> connection : connections) {
                connection.get(SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            virtual.shutdownNow();
        }
    }

    @Test
    void aSlowConsumerStopsTheSender_andKeepsTheQueueBounded() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        int bytes = 6_000_000;
        try (SrtReceiver receiver = listener(FILE + SMALL)) {
            Future<String> sent = threads.submit(() -> send(caller(receiver, FILE + SMALL), seed, bytes, 20_000));
            Await.until(
                    "the queue is full",
                    Duration.ofSeconds(SECONDS),
                    () -> receiver.queuedBytes() >= SrtReceiver.QUEUE_BYTES);
            assertThat(sent.isDone()).isFalse();

            MessageDigest digest = ByteStream.sha256();
            long most = 0;
            for (ByteBuf payload : receiver) {
                digest.update(payload.nioBuffer());
                most = Math.max(most, receiver.queuedBytes());
            }

            assertThat(ByteStream.hex(digest)).isEqualTo(sent.get(SECONDS, TimeUnit.SECONDS));
            assertThat(most).isLessThan(2 * SrtReceiver.QUEUE_BYTES);
        }
    }

    @Test
    void aStreamTakesMoreThanThePayloadSizeInOneCall() throws Exception {
        byte[] bytes = new byte[20_000];
        new Random(1).nextBytes(bytes);
        try (SrtReceiver receiver = listener(FILE)) {
            try (SrtSender sender = caller(receiver, FILE + "&payloadsize=1316")) {
                sender.send(ByteBuffer.wrap(bytes));
            }
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf payload : receiver) {
                all.writeBytes(payload);
            }
            assertThat(ByteBufUtil.getBytes(all)).isEqualTo(bytes);
        }
    }

    @Test
    void theListenerSendsToItsCaller_whoseStreamIdAndStatisticsBothSidesSee() throws Exception {
        try (SrtSender sender = SrtSender.open("srt://127.0.0.1:0?mode=listener&latency=20")) {
            assertThat(sender.streamId()).isEmpty();
            assertThat(sender.statistics()).isNull();
            String uri = "srt://127.0.0.1:" + sender.localAddress().getPort() + "?latency=20&streamid=camera/1";
            try (SrtReceiver receiver = SrtReceiver.open(uri)) {
                sender.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));

                assertThat(bytes(receiver.receive())).containsExactly(1, 2, 3);
                assertThat(List.of(sender.streamId(), receiver.streamId())).containsOnly("camera/1");
                assertThat(sender.statistics().pktSentTotal()).isPositive();
                assertThat(receiver.statistics().pktRecvTotal()).isPositive();
                assertThat(sender.remoteAddress()).isNotNull();
            }
        }
    }

    @Test
    void rendezvousConnectsBothSides() throws Exception {
        int first = Peer.freePort();
        int second = Peer.freePort();
        Future<SrtSender> opened = threads.submit(() -> SrtSender.open(rendezvous(second, first)));
        try (SrtReceiver receiver = SrtReceiver.open(rendezvous(first, second));
                SrtSender sender = opened.get(SECONDS, TimeUnit.SECONDS)) {
            sender.send(new byte[] {7});
            assertThat(bytes(receiver.receive())).containsExactly(7);
        }
    }

    @Test
    void aSecondCallerIsRejected() throws Exception {
        try (SrtReceiver receiver = listener("");
                SrtSender first = caller(receiver, "")) {
            first.send(new byte[] {1});
            assertThat(bytes(receiver.receive())).containsExactly(1);

            Throwable failure = catchThrowable(() -> caller(receiver, ""));

            assertThat(failure).isInstanceOf(SrtRejectedException.class);
            assertThat(((SrtRejectedException) failure).reason().code()).isEqualTo(1409);
        }
    }

    @Test
    void aWrongPassphraseFailsTheOpenWithTheReason() throws Exception {
        try (SrtReceiver receiver = listener("&passphrase=" + TestSecrets.PASSPHRASE)) {
            Throwable failure = catchThrowable(() -> caller(receiver, "&passphrase=" + TestSecrets.WRONG_PASSPHRASE));

            assertThat(failure).isInstanceOf(SrtRejectedException.class);
            assertThat(((SrtRejectedException) failure).reason().name()).isEqualTo("BADSECRET");
        }
    }

    @Test
    void sendingFailsWithTheReason_onceThePeerHasClosed() throws Exception {
        SrtReceiver receiver = listener("");
        try (SrtSender sender = caller(receiver, "")) {
            sender.send(new byte[PAYLOAD]);
            bytes(receiver.receive());
            receiver.close();

            Throwable failure = catchThrowable(() -> {
                while (true) {
                    sender.send(new byte[PAYLOAD]);
                }
            });

            assertThat(failure).isInstanceOf(SrtClosedException.class).hasMessage("the peer closed the connection");
            assertThat(((SrtClosedException) failure).reason()).isEqualTo(SrtCloseReason.PEER_CLOSED);
        }
    }

    @Test
    void aPayloadThatIsTooLongFailsAtOnce_andTheNextOneIsSent() throws Exception {
        try (SrtReceiver receiver = listener("");
                SrtSender sender = caller(receiver, "")) {
            assertThatThrownBy(() -> sender.send(new byte[PAYLOAD + 1])).isInstanceOf(SrtMessageTooLongException.class);
            sender.send(new byte[0]);
            sender.send(new byte[] {5});
            assertThat(bytes(receiver.receive())).containsExactly(5);
        }
    }

    @Test
    void anInterruptEndsTheWait_andTheConnectionGoesOn() throws Exception {
        try (SrtReceiver receiver = listener("");
                SrtSender sender = caller(receiver, "")) {
            Waiting waiting = new Waiting(receiver::receive);
            waiting.thread.interrupt();

            assertThat(waiting.failure()).isInstanceOf(InterruptedIOException.class);
            assertThat(waiting.stayedInterrupted).isTrue();
            sender.send(new byte[] {9});
            assertThat(bytes(receiver.receive())).containsExactly(9);
        }
    }

    @Test
    void anInterruptEndsAnOpen() throws Exception {
        Waiting waiting =
                new Waiting(() -> SrtReceiver.open("srt://127.0.0.1:" + Peer.freePort() + "?conntimeo=60000"));
        waiting.thread.interrupt();
        assertThat(waiting.failure()).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws Exception {
        SrtReceiver receiver = listener("");
        Waiting receiving = new Waiting(() -> receiver.iterator().hasNext());
        receiver.close();
        assertThat(receiving.failure()).isInstanceOf(UncheckedIOException.class);
        assertThat(((SrtClosedException) receiving.failure().getCause()).reason())
                .isEqualTo(SrtCloseReason.LOCAL);

        SrtSender sender = SrtSender.open("srt://127.0.0.1:0?mode=listener");
        Waiting sending = new Waiting(() -> {
            sender.send(new byte[1]);
            return null;
        });
        sender.close();
        assertThat(sending.failure()).isInstanceOf(SrtClosedException.class);
        sender.close(); // a second close does nothing
    }

    @Test
    void receiveWaitsNoLongerThanItsTime() throws Exception {
        try (SrtReceiver receiver = listener("")) {
            assertThatThrownBy(() -> receiver.receive(Duration.ofMillis(20)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void theLoopReleasesItsPayloads_alsoWhenItIsLeftEarly() throws Exception {
        ByteBuf left = null;
        ByteBuf kept = null;
        try (SrtReceiver receiver = listener("");
                SrtSender sender = caller(receiver, "")) {
            sender.send(new byte[] {1});
            sender.send(new byte[] {2});
            for (ByteBuf payload : receiver) {
                if (payload.getByte(0) == 1) {
                    kept = payload.retain();
                } else {
                    left = payload;
                    break;
                }
            }
        }
        assertThat(left.refCnt()).isZero();
        assertThat(bytes(kept)).containsExactly(1);
    }

    @Test
    void theThreadsEndWithTheLastConnection() throws Exception {
        listener("").close();
        Await.until(
                "the threads end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("srt-blocking")));
    }

    private static void carry(String options, ExecutorService threads) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        try (SrtReceiver receiver = listener(options)) {
            Future<String> sent = threads.submit(() -> send(caller(receiver, options), seed, 1_000_000, PAYLOAD));
            MessageDigest digest = ByteStream.sha256();
            for (ByteBuf payload : receiver) {
                digest.update(payload.nioBuffer());
            }
            assertThat(ByteStream.hex(digest)).isEqualTo(sent.get(SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Sends and closes; returns the digest. */
    private static String send(SrtSender sender, long seed, int bytes, int payloadBytes) throws IOException {
        Random random = new Random(seed);
        MessageDigest digest = ByteStream.sha256();
        try (sender) {
            for (int sent = 0; sent < bytes; sent += payloadBytes) {
                byte[] payload = new byte[payloadBytes];
                random.nextBytes(payload);
                digest.update(payload);
                sender.send(payload);
            }
        }
        return ByteStream.hex(digest);
    }

    private static SrtReceiver listener(String options) throws IOException {
        return SrtReceiver.open("srt://127.0.0.1:0?mode=listener" + options);
    }

    private static SrtSender caller(SrtReceiver receiver, String options) throws IOException {
        return SrtSender.open("srt://127.0.0.1:" + receiver.localAddress().getPort() + "?mode=caller" + options);
    }

    private static String rendezvous(int local, int remote) {
        return "srt://127.0.0.1:" + remote + "?mode=rendezvous&bind=127.0.0.1:" + local;
    }

    private static byte[] bytes(ByteBuf payload) {
        try {
            return ByteBufUtil.getBytes(payload);
        } finally {
            payload.release();
        }
    }

    /** A thread that waits in a call. */
    private static final class Waiting {
        private final Thread thread;
        private final FutureTask<Throwable> call;
        private volatile boolean stayedInterrupted;

        Waiting(Callable<?> blocks) {
            call = new FutureTask<>(() -> {
                Throwable failure = catchThrowable(blocks::call);
                stayedInterrupted = Thread.currentThread().isInterrupted();
                return failure;
            });
            thread = new Thread(call, "waiting");
            thread.start();
            Await.until("the thread waits", () -> thread.getState() == Thread.State.WAITING);
        }

        Throwable failure() throws Exception {
            return call.get(SECONDS, TimeUnit.SECONDS);
        }
    }
}
