// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A live stream that is faster than its bandwidth: libsrt drops at the sender what can no longer be on time. */
class SrtSenderDropTest {
    private static final int AT_ONCE = 2000;
    private static final int PAYLOAD_BYTES = 1316;
    /** Long enough for a receiver that stands still for a moment, and below the second after which the sender drops. */
    private static final int LATENCY_MILLIS = 500;

    private static final long MAX_BYTES_PER_SECOND = 250_000;

    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();
    private long sent;

    @AfterEach
    void close() {
        loopback.close();
    }

    @Tag("slow")
    @Test
    void countsEachPacketThatTheSenderDrops() {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel sender = loopback.connect(
                new ChannelInboundHandlerAdapter(),
                b -> b.option(SrtChannelOption.SRTO_LATENCY, LATENCY_MILLIS)
                        .option(SrtChannelOption.SRTO_MAXBW, MAX_BYTES_PER_SECOND));
        for (int i = 1; i < AT_ONCE; i++) {
            write(sender);
        }
        write(sender).syncUninterruptibly();
        Await.until("libsrt drops, which it does only in a call that sends", Duration.ofSeconds(20), () -> {
            write(sender).syncUninterruptibly();
            return sender.statistics().pktSndDropTotal() > AT_ONCE / 10;
        });

        Await.until("each payload has arrived or is counted", Duration.ofSeconds(20), () -> {
            long dropped = sender.statistics().pktSndDropTotal();
            return dropped + received.messages().size() >= sent;
        });
        assertThat(sender.statistics().pktSndDropTotal() + received.messages().size())
                .as("what is dropped before its acknowledgement comes may count twice, 190 a second")
                .isBetween(sent, sent + AT_ONCE / 4);
        assertThat(received.messages()).hasSizeGreaterThan(10);
    }

    private ChannelFuture write(SrtChannel sender) {
        sent++;
        return sender.writeAndFlush(Unpooled.wrappedBuffer(new byte[PAYLOAD_BYTES]));
    }
}
