// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred callers at once against each limit: exactly as many are admitted as the limit says. */
class CallersAtOnceTest {
    private static final int CALLERS = 100;
    /** So few that the listener does not take the address for one that guesses. */
    private static final int WRONG = 30;
    /** A hundred callers have two threads of libsrt each. */
    private static final int CONNECT_MILLIS = 20_000;

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "MAX_CONNECTIONS, 50, read:x, 50, 1402",
        "MAX_CONNECTIONS, 50, publish:#, 50, 1402",
        "MAX_CONNECTIONS_PER_ADDRESS, 37, read:#, 37, 1402",
        "MAX_PLAYERS_PER_STREAM, 20, read:x, 20, 1402",
        "MAX_PUBLISHERS, 10, publish:#, 10, 1402",
        "MAX_PUBLISHERS, 10, publish:x, 1, 1409",
        "MAX_CONNECTIONS, 1, publish:x, 1, 1409"
    })
    void exactlyTheLimitIsAdmitted(RelaySetting setting, int value, String id, int admitted, int code)
            throws Exception {
        Map<RelaySetting, Object> settings =
                new HashMap<>(Map.of(RelaySetting.PUBLISHER_RESERVE, 0, RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000));
        settings.put(setting, value);
        try (Harness harness = new Harness(new RelayRules(settings, Map.of(), Map.of()))) {
            List<ChannelFuture> callers = callers(harness, id, "");

            assertThat(codes(callers)).hasSize(CALLERS - admitted).containsOnly(code);
            assertThat(callers).filteredOn(ChannelFuture::isSuccess).allMatch(CallersAtOnceTest::isActive);
            Await.until("they are in", () -> harness.places().connected() == admitted);
            callers.forEach(caller -> caller.channel().close());
            Await.until(
                    "all places are free",
                    Duration.ofSeconds(20),
                    () -> harness.places().taken() == 0);
        }
    }

    @Tag("slow")
    @Test
    void playersLeaveTheReserve() throws Exception {
        Map<RelaySetting, Object> settings =
                Map.of(RelaySetting.MAX_CONNECTIONS, 60, RelaySetting.PUBLISHER_RESERVE, 50);
        try (Harness harness = new Harness(new RelayRules(settings, Map.of(), Map.of()))) {
            assertThat(codes(callers(harness, "read:x", ""))).hasSize(70).containsOnly(1402);
            assertThat(codes(callers(harness, "publish:#", ""))).hasSize(70).containsOnly(1402);
        }
    }

    @Tag("slow")
    @Test
    void callersWithAWrongPassphrase_doNotExceedTheLimitWithTheOthers() throws Exception {
        RelayRules rules = new RelayRules(
                Map.of(RelaySetting.MAX_CONNECTIONS, 50, RelaySetting.PUBLISHER_RESERVE, 0),
                Map.of("x", Map.of(StreamSetting.PASSPHRASE, TestSecrets.PASSPHRASE)),
                Map.of());
        try (Harness harness = new Harness(rules)) {
            List<ChannelFuture> wrong = callers(harness, "read:x", TestSecrets.WRONG_PASSPHRASE, WRONG);
            List<ChannelFuture> right = callers(harness, "read:x", TestSecrets.PASSPHRASE);

            assertThat(codes(wrong)).hasSize(WRONG);
            assertThat(codes(right))
                    .as("a socket of a wrong passphrase may be closed a moment after the next caller is decided")
                    .hasSizeBetween(CALLERS - 50, CALLERS - 50 + WRONG)
                    .containsOnly(1402);
        }
    }

    private static List<ChannelFuture> callers(Harness harness, String id, String passphrase) {
        return callers(harness, id, passphrase, CALLERS);
    }

    private static List<ChannelFuture> callers(Harness harness, String id, String passphrase, int count) {
        List<ChannelFuture> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bootstrap caller = new Bootstrap()
                    .group(harness.group())
                    .channel(SrtChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .option(SrtChannelOption.SRTO_CONNTIMEO, CONNECT_MILLIS)
                    .option(SrtChannelOption.SRTO_STREAMID, id.replace("#", "x" + i));
            if (!passphrase.isEmpty()) {
                caller.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase);
            }
            callers.add(caller.connect(harness.relay().addresses().get(0)));
        }
        return callers;
    }

    private static boolean isActive(ChannelFuture caller) {
        return caller.channel().isActive();
    }

    /** Returns the codes of those that are rejected. */
    private static List<Integer> codes(List<ChannelFuture> callers) throws InterruptedException {
        List<Integer> codes = new ArrayList<>();
        for (ChannelFuture caller : callers) {
            caller.await();
            if (!caller.isSuccess()) {
                codes.add(Callers.rejectCode(caller));
            }
        }
        return codes;
    }
}
