// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.examples.guide.TokenFilter.Permit;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFilterTest {
    private static final TokenFilter FILTER = new TokenFilter(
            Map.of("t0ken-of-ann", new Permit("ann", "studio"), "t0ken-of-bob", new Permit("bob", "news")),
            Map.of("studio", "correct horse battery", "news", "another passphrase"));

    @ParameterizedTest
    @CsvSource({
        "'#!::r=studio,s=t0ken-of-ann',0",
        "'#!::r=news,s=t0ken-of-bob',0",
        "'#!::r=news,s=t0ken-of-ann',1401",
        "'#!::r=studio,s=wrong',1401",
        "'#!::r=other,s=t0ken-of-ann',1401",
        "'#!::r=studio',1400",
        "'#!::s=t0ken-of-ann',1400",
        "studio,1400",
        "'',1400"
    })
    void admitsEachTokenForItsStream(String streamId, int code) {
        SrtAcceptDecision decision =
                FILTER.decide(new SrtAcceptRequest(new InetSocketAddress("127.0.0.1", 9), streamId, 5));

        assertThat(decision.rejection() == null ? 0 : decision.rejection().code())
                .isEqualTo(code);
    }

    @Test
    void theHandlersOfAnAcceptedChannelGetTheUser() {
        List<String> users = new CopyOnWriteArrayList<>();
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(
                    channel -> {},
                    listener -> TokenFilter.configure(listener, FILTER, user -> {
                        users.add(user);
                        return new ChannelInboundHandlerAdapter();
                    }));

            loopback.connect(
                    new ChannelInboundHandlerAdapter(),
                    b -> b.option(SrtChannelOption.SRTO_STREAMID, "#!::r=studio,u=root,s=t0ken-of-ann")
                            .option(SrtChannelOption.SRTO_PASSPHRASE, "correct horse battery"));

            Await.until("it is accepted", () -> !users.isEmpty());
        }
        assertThat(users).containsExactly("ann");
    }
}
