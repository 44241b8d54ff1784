// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a sender whose peer does not get everything. */
class SrtSenderCloseTest {
    private static final byte[] PAYLOAD = new byte[1316];

    @ParameterizedTest
    @ValueSource(strings = {"latency=20&tlpktdrop=no", "transtype=file&messageapi=0&linger=1"})
    void reportsWhatAPeerThatIsCutOffHasNotAcknowledged(String options) throws Exception {
        try (SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&" + options);
                UdpProxy network = new UdpProxy(receiver.localAddress(), 1).start()) {
            SrtSender sender =
                    SrtSender.open("srt://127.0.0.1:" + network.address().getPort() + "?" + options);
            sender.send(PAYLOAD);
            Iterator<ByteBuf> payloads = receiver.iterator();
            assertThat(payloads.next().readableBytes()).isPositive();
            network.cut();
            for (int i = 0; i < 3; i++) {
                sender.send(PAYLOAD);
            }

            assertThatThrownBy(sender::close)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("the peer has not acknowledged [34] packets that .*");

            sender.close(); // has been reported
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency=20", "transtype=file&messageapi=0"})
    void reportsThatThePeerWasLost_whereNoSendHasReportedIt(String options) throws Exception {
        try (SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&" + options);
                UdpProxy network = new UdpProxy(receiver.localAddress(), 1).start()) {
            SrtSender sender = sendingInto(network, options);
            network.cut();
            sender.send(PAYLOAD);
            Await.until("the sender has ended", Duration.ofSeconds(20), sender::hasEnded);

            assertThatThrownBy(sender::close)
                    .isInstanceOfSatisfying(
                            SrtClosedException.class,
                            lost -> assertThat(lost.reason()).isEqualTo(SrtCloseReason.IDLE_TIMEOUT));

            sender.close(); // has been reported
            assertThat(sender.remoteAddress()).isEqualTo(network.address());
        }
    }

    @Test
    void reportsThatThePeerWasLost_whileItWaitedForIt() throws Exception {
        String options = "transtype=file&messageapi=0&linger=60";
        try (SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&" + options);
                UdpProxy network = new UdpProxy(receiver.localAddress(), 1).start()) {
            SrtSender sender = sendingInto(network, options);
            network.cut();
            sender.send(PAYLOAD);

            assertThatThrownBy(sender::close)
                    .isInstanceOfSatisfying(
                            SrtClosedException.class,
                            lost -> assertThat(lost.reason()).isEqualTo(SrtCloseReason.IDLE_TIMEOUT));
        }
    }

    @Test
    void reportsNothing_whereASendHasReportedThatThePeerWasLost() throws Exception {
        try (SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&latency=20");
                UdpProxy network = new UdpProxy(receiver.localAddress(), 1).start()) {
            SrtSender sender = sendingInto(network, "latency=20");
            network.cut();
            Await.until("the sender has ended", Duration.ofSeconds(20), sender::hasEnded);
            assertThatThrownBy(() -> sender.send(PAYLOAD)).isInstanceOf(SrtClosedException.class);
            sender.close();
        }
    }

    private static SrtSender sendingInto(UdpProxy network, String options) throws IOException {
        SrtSender sender = SrtSender.open("srt://127.0.0.1:" + network.address().getPort() + "?" + options);
        sender.send(PAYLOAD);
        return sender;
    }

    @Test
    void reportsNothing_whenThePeerHadEverythingAndLeft() throws Exception {
        SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&latency=20");
        SrtSender sender =
                SrtSender.open("srt://127.0.0.1:" + receiver.localAddress().getPort() + "?latency=20");
        sender.send(PAYLOAD);
        assertThat(receiver.iterator().next().readableBytes()).isPositive();
        receiver.close();
        Await.until("the sender has ended", () -> !isSent(sender));
        sender.close();
    }

    /** Here it fails after that send, because the event loop is busy until then. */
    @Test
    void reportsNothing_whereASendHasReportedTheEnd_thoughAnEarlierPayloadFailsOnlyNow() throws Exception {
        EventLoopGroup loops = SharedLoops.acquire();
        CountDownLatch goOn = new CountDownLatch(1);
        SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&latency=20");
        try {
            SrtSender sender =
                    SrtSender.open("srt://127.0.0.1:" + receiver.localAddress().getPort() + "?latency=20");
            sender.send(PAYLOAD);
            assertThat(receiver.iterator().next().readableBytes()).isPositive();
            sender.send(new Payload(() -> {
                receiver.close();
                Await.until("the sender has ended", sender::hasEnded);
                loops.forEach(loop -> loop.submit(() -> goOn.await(20, TimeUnit.SECONDS)));
                return null;
            }));
            assertThatThrownBy(() -> sender.send(PAYLOAD)).isInstanceOf(SrtClosedException.class);
            goOn.countDown();
            loops.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
            sender.close();
        } finally {
            goOn.countDown();
            SharedLoops.release();
        }
    }

    /** A payload that does something when the sender has found the connection to be up, before it is queued. */
    private static final class Payload extends UnpooledHeapByteBuf {
        private final Callable<?> beforeItIsQueued;

        Payload(Callable<?> beforeItIsQueued) {
            super(UnpooledByteBufAllocator.DEFAULT, PAYLOAD, PAYLOAD.length);
            this.beforeItIsQueued = beforeItIsQueued;
        }

        @Override
        public boolean isReadable() {
            try {
                beforeItIsQueued.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return super.isReadable();
        }
    }

    private static boolean isSent(SrtSender sender) {
        try {
            sender.send(PAYLOAD);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
