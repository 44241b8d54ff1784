// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long the end of a stream is waited for: as long as bytes arrive. */
class FingerprintHandlerTest {
    private static final Duration SILENCE = Duration.ofMillis(1);

    @Test
    void waitsForTheEnd_asLongAsBytesArriveOnASlowMachine() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        AtomicLong asked = new AtomicLong();

        String result = FingerprintHandler.await(
                end,
                () -> {
                    long bytes = asked.incrementAndGet(); // more at each look, and the end at the twentieth
                    if (bytes == 20) {
                        end.complete("the end");
                    }
                    return bytes;
                },
                SILENCE);

        assertThat(result).isEqualTo("the end");
        assertThat(asked).hasValueGreaterThanOrEqualTo(20);
    }

    @Test
    void fails_whenNoByteArrivesAndTheChannelStaysOpen() {
        FingerprintHandler arrival = new FingerprintHandler();
        EmbeddedChannel channel = new EmbeddedChannel(arrival);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[7]));

        assertThatThrownBy(() -> arrival.await(SILENCE))
                .isInstanceOf(IOException.class)
                .hasMessage("the listener did not see the end of the stream");
        channel.finishAndReleaseAll();
    }

    @Test
    void returnsWhatArrived_whenTheChannelIsClosed() throws Exception {
        FingerprintHandler arrival = new FingerprintHandler();
        EmbeddedChannel channel = new EmbeddedChannel(arrival);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[7]));
        channel.close();

        assertThat(arrival.await(SILENCE).bytes()).isEqualTo(7);
        channel.finishAndReleaseAll();
    }
}
