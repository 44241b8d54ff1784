// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudioFilterTest {
    private static final Map<String, String> PASSPHRASES = Map.of("studio", "correct horse battery");

    @ParameterizedTest
    @CsvSource({
        "'#!::r=studio',0",
        "'#!::r=other',1404",
        "'#!::r=a,foo',1400",
        "studio,1400",
        "'#!::u=x',1400",
        "'',1400"
    })
    void anyStreamIdGetsADecision(String streamId, int code) {
        SrtAcceptDecision decision = new StudioFilter(PASSPHRASES)
                .decide(new SrtAcceptRequest(new InetSocketAddress("127.0.0.1", 9), streamId, 5));

        assertThat(decision.rejection() == null ? 0 : decision.rejection().code())
                .isEqualTo(code);
    }

    @Test
    void theHandlersOfAnAcceptedChannelAreThoseOfItsStream() {
        List<String> streams = new CopyOnWriteArrayList<>();
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(
                    channel -> {},
                    listener -> StudioFilter.configure(listener, PASSPHRASES, stream -> {
                        streams.add(stream);
                        return new ChannelInboundHandlerAdapter();
                    }));

            loopback.connect(
                    new ChannelInboundHandlerAdapter(),
                    b -> b.option(SrtChannelOption.SRTO_STREAMID, "#!::r=studio")
                            .option(SrtChannelOption.SRTO_PASSPHRASE, "correct horse battery"));

            Await.until("it is accepted", () -> !streams.isEmpty());
        }
        assertThat(streams).containsExactly("studio");
    }
}
