// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SrtEncryptionTest {

    private final Loopback loopback = new Loopback(2);
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void keysOfEachLength_changeManyTimesWithoutALoss(int keyBytes) throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> encrypted(b, keyBytes));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> encrypted(b, keyBytes));

        new Pacer(caller, 6000, 4).start().await();

        received.awaitMessages(6000);
        assertInOrder(6000);
        assertThat(caller.config().get(SrtChannelOption.SRTO_SNDKMSTATE)).isEqualTo(SrtKeyState.SECURED);
        assertThat(loopback.accepted().config().get(SrtChannelOption.SRTO_PBKEYLEN))
                .isEqualTo(keyBytes);
    }

    @Test
    void aPacketFilterMendsLosses() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtEncryptionTest::mended);
        try (UdpProxy proxy =
                new UdpProxy(loopback.address(), 4711).losing(0.03).start()) {
            SrtChannel caller =
                    (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), SrtEncryptionTest::mended)
                            .connect(proxy.address())
                            .sync()
                            .channel();
            SrtChannel accepted = loopback.accepted();

            new Pacer(caller, 2100, 5)
                    .start()
                    .await(); // the end of the last group has nothing behind it to be mended by

            received.awaitMessages(2000);
            assertInOrder(2000);
            assertThat(proxy.toTarget().lost()).isPositive();
            Await.until("rebuilt packets", () -> {
                return accepted.statistics().asLong(SrtStatistic.PKT_RCV_FILTER_SUPPLY_TOTAL) > 0;
            });
            assertThat(caller.statistics().asLong(SrtStatistic.PKT_SND_FILTER_EXTRA_TOTAL))
                    .isPositive();
        }
    }

    private void assertInOrder(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(ByteBuffer.wrap(received.messages().get(i)).getInt()).isEqualTo(i);
        }
    }

    private static void encrypted(AbstractBootstrap<?, ?> bootstrap, int keyBytes) {
        CompleteDelivery.set(bootstrap);
        bootstrap
                .option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.PASSPHRASE)
                .option(SrtChannelOption.SRTO_PBKEYLEN, keyBytes)
                .option(SrtChannelOption.SRTO_LATENCY, 500)
                // libsrt 1.5.1 makes keys on one thread and uses them on another, unlocked: leave it a third of a
                // second
                .option(SrtChannelOption.SRTO_KMREFRESHRATE, 1500)
                .option(SrtChannelOption.SRTO_KMPREANNOUNCE, 700);
    }

    private static void mended(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap
                .option(SrtChannelOption.SRTO_LATENCY, 1000)
                .option(SrtChannelOption.SRTO_TLPKTDROP, false)
                .option(SrtChannelOption.SRTO_PACKETFILTER, "fec,cols:10,rows:5,arq:always");
    }
}
