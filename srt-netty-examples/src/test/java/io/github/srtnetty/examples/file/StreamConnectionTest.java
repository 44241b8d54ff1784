// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.examples.cli.Notices;
import io.github.srtnetty.examples.file.StallTimeout.Limit;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When a sender may say that its peer has everything, and what it reports of a peer that does not answer. */
class StreamConnectionTest {
    private static final Limit LIMIT = Limit.total(Duration.ofSeconds(2));

    @Test
    void nothingIsDelivered_thatThePeerHasNotAcknowledged_whateverElseReadsTheChannel() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (Loopback loopback = new Loopback().listen(channel -> {}, StreamConnectionTest::sendFiles);
                UdpProxy network = new UdpProxy(loopback.address(), 1)
                        .withholdingDataAfter(0)
                        .start()) {
            SrtChannel channel =
                    (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), StreamConnectionTest::sendFiles)
                            .connect(network.address())
                            .sync()
                            .channel();
            StreamConnection connection = new StreamConnection(channel, "", LIMIT, new Notices());
            connection.out().write(new byte[1000]);
            Thread other = readUntil(ended, channel);

            assertThatThrownBy(connection::awaitDelivered).hasMessageEndingWith(" took nothing for 2 s");

            ended.set(true);
            other.join();
            connection.abort();
        }
    }

    @Test
    void aNoticeAndTheFailureSayWhichPeerAnswers() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Loopback loopback = new Loopback().listen(channel -> {}, StreamConnectionTest::sendFiles)) {
            SrtChannel channel =
                    (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), StreamConnectionTest::sendFiles)
                            .connect(loopback.address())
                            .sync()
                            .channel();
            StreamConnection connection =
                    new StreamConnection(channel, "", LIMIT, new Notices(lines::add, System::nanoTime));
            channel.pipeline().addLast(connection);

            String peer = connection.peer();
            assertThatThrownBy(() -> connection.awaitAnswer("a needs b", Duration.ofMillis(100)))
                    .hasMessage(peer + " sent nothing for 2 s; a needs b");
            assertThat(lines).containsExactly("srt-netty: still waiting for an answer from " + peer + "; a needs b");

            connection.abort();
        }
    }

    private static void sendFiles(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
    }

    private static Thread readUntil(AtomicBoolean ended, SrtChannel channel) {
        Thread thread = new Thread(
                () -> {
                    while (!ended.get()) {
                        channel.config().get(SrtChannelOption.SRTO_EVENT);
                    }
                },
                "reads-the-channel");
        thread.start();
        return thread;
    }
}
