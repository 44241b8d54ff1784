// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SrtSinkTest {
    private static final MediaOptions ONCE = new MediaOptions(true, false, 1316, MediaOptions.Pace.FULL_SPEED);
    private static final int PAYLOADS = 1000;
    private static final int PAYLOAD_BYTES = 1000;
    private static final int SMALL_BUFFER_BYTES = 64 * 1472;

    private final Recorder received = new Recorder();
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    /** The end of a file comes while most of it still waits in the channel for room. */
    @Test
    void finishLosesNothing_whenThePeerIsSlow() throws Exception {
        listenWithoutReading();
        SrtSink output = open("?transtype=file&sndbuf=" + SMALL_BUFFER_BYTES);
        fill(output);

        var finished = output.finish();
        loopback.accepted().config().setAutoRead(true);

        finished.get(20, TimeUnit.SECONDS);
        received.awaitEvent("inactive");
        assertThat(received.messages().stream().mapToLong(bytes -> bytes.length).sum())
                .isEqualTo((long) PAYLOADS * PAYLOAD_BYTES);
        assertThat(output.dropped()).isZero();
    }

    @Test
    void countsWhatStillWaitedForRoom_whenThePeerLeaves() throws Exception {
        listenWithoutReading();
        SrtSink output = open("?transtype=file&sndbuf=" + SMALL_BUFFER_BYTES);
        fill(output);
        var finished = output.finish();

        loopback.accepted().close();

        finished.get(20, TimeUnit.SECONDS);
        assertThat(output.dropped()).isBetween(PAYLOADS / 2L, (long) PAYLOADS);
    }

    @Test
    void cutsWhatIsTooLongForAPacketFilter() throws Exception {
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(SrtChannelOption.SRTO_PACKETFILTER, "fec,cols:10"));
        SrtSink output = open("?packetfilter=fec,cols:10");

        output.payload(Unpooled.wrappedBuffer(new byte[1400]), Intake.NO_TIME);
        output.flush();

        received.awaitMessages(2);
        assertThat(received.messages().stream().map(bytes -> bytes.length)).containsExactly(1316, 84);
    }

    private void listenWithoutReading() {
        loopback.listen(channel -> channel.pipeline().addLast(received), (ServerBootstrap b) -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, SMALL_BUFFER_BYTES);
        });
    }

    private SrtSink open(String query) throws Exception {
        SrtUri uri = SrtUri.parse("srt://127.0.0.1:" + loopback.address().getPort() + query);
        SrtSink output = new SrtSink(uri, loopback.group(), ONCE);
        output.open();
        output.ready().get(20, TimeUnit.SECONDS);
        return output;
    }

    /** Writes more than libsrt's buffers take. */
    private static void fill(SrtSink output) {
        for (int i = 0; i < PAYLOADS; i++) {
            output.payload(Unpooled.wrappedBuffer(new byte[PAYLOAD_BYTES]), Intake.NO_TIME);
        }
        output.flush();
        SrtChannel channel = output.channel();
        Await.until("the channel waits for room", () -> !channel.isWritable());
    }
}
