// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.pace.PacedSender;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;

/**
 * Sends the same live stream to everyone who calls, and to whom it calls, from the start and until they leave. Who sets
 * {@code tlpktdrop=0} gets it without a gap.
 */
final class LiveSource implements AutoCloseable {
    private static final int ENDLESS_SECONDS = 3600;
    private static final List<byte[]> START = start();

    private final Loopback loopback = new Loopback(1);

    LiveSource() {
        loopback.listen(channel -> channel.pipeline().addLast(new Starter(), new PacedSender()));
    }

    /** Returns the address that a program calls. */
    String uri() {
        return "srt://127.0.0.1:" + loopback.address().getPort() + "?tlpktdrop=0";
    }

    Loopback loopback() {
        return loopback;
    }

    /** Calls a listener on this port of the loopback interface. */
    void call(int port, String streamId) throws InterruptedException {
        PacedSender sender = new PacedSender();
        SrtChannel channel = (SrtChannel)
                loopback.caller(sender, bootstrap -> bootstrap.option(SrtChannelOption.SRTO_STREAMID, streamId))
                        .connect("127.0.0.1", port)
                        .sync()
                        .channel();
        send(channel, sender);
    }

    /** Asserts that these are whole payloads from the start of the stream, and some. */
    static void assertIsStart(byte[] bytes) {
        assertThat(bytes).isNotEmpty();
        assertThat(bytes.length % TimedPayloads.TS_PAYLOAD_BYTES)
                .as("bytes of a part")
                .isZero();
        int payloads = bytes.length / TimedPayloads.TS_PAYLOAD_BYTES;
        assertThat(payloads).isLessThanOrEqualTo(START.size());
        assertThat(Arrays.mismatch(bytes, Material.joined(START.subList(0, payloads))))
                .as("the first byte that is another")
                .isEqualTo(-1);
    }

    @Override
    public void close() {
        loopback.close();
    }

    private static void send(SrtChannel channel, PacedSender sender) {
        Thread thread = new Thread(
                () -> {
                    try {
                        sender.send(channel, Material.streamOf(ENDLESS_SECONDS));
                    } catch (ClosedChannelException e) {
                        return; // the program has ended
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                "live-source");
        thread.setDaemon(true);
        thread.start();
    }

    private static List<byte[]> start() {
        try {
            return Material.payloads(60);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts to send when the connection is there. */
    private static final class Starter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            SrtChannel channel = (SrtChannel) ctx.channel();
            ctx.fireChannelActive();
            send(channel, ctx.pipeline().get(PacedSender.class));
        }
    }
}
