// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.access.Authority;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.access.RelayFilter;
import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.streamid.SlashHint;
import io.github.srtnetty.testing.TestSecrets;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class CallerLogTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 5000);

    private final Logger logger = (Logger) LoggerFactory.getLogger(CallerLog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Level level = logger.getLevel();

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(level);
    }

    @Test
    void aCallerCannotForgeALine_andItsTokenIsNotLogged() {
        RelayRules rules = new RelayRules(Map.of(RelaySetting.PUBLISH_TOKEN, TestSecrets.TOKEN), Map.of(), Map.of());
        SrtAcceptFilter filter = new RelayFilter(
                        new Authority(new RelayState(rules)),
                        new Places(name -> false),
                        new TokenBans(),
                        new CallerReports(new CallerStatistics(), new CallerLog(Runnable::run)),
                        new Bans(),
                        name -> false,
                        () -> true)
                .forPort(8890);

        filter.decide(new SrtAcceptRequest(PEER, "#!::r=x,m=a\n2026 INFO forged\u202e", 5));
        filter.decide(new SrtAcceptRequest(PEER, "publish:x:me:" + TestSecrets.WRONG_TOKEN, 5));

        assertThat(lines())
                .containsExactly(
                        "stream=? (mode a...: publish or request) peer=192.0.2.1:5000 rejected: "
                                + SrtRejectReason.BAD_MODE,
                        "stream=x role=publish peer=192.0.2.1:5000 rejected: " + SrtRejectReason.UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource({
        "publish/live/tv, publish/NAME/TOKEN, publish:NAME",
        "PLAY/live/tv, play/NAME/TOKEN, read:NAME",
    })
    void aRejectedIdThatMayMeanANameWithASlash_isExplained(String id, String form, String instead) {
        assertThat(SlashHint.of(id))
                .isEqualTo(" (read as " + form + "; for a name with a slash write " + instead + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish/live", "publish:live/tv", "live/tv", "publish//tv", "", "publish"})
    void otherIdsAreNotExplained(String id) {
        assertThat(SlashHint.of(id)).isEmpty();
    }

    @Test
    void linesOfAcceptedCallersAreLimited_likeThoseOfRejectedOnes() {
        CallerLog log = new CallerLog(Runnable::run);
        for (int i = 0; i < 1000; i++) {
            log.connection("plays");
            log.rejected(PEER, "stream=x", SrtRejectReason.OVERLOAD);
        }

        assertThat(lines()).hasSizeBetween(2 * CallerLog.LINES_PER_SECOND, 10 * CallerLog.LINES_PER_SECOND);
    }

    private List<String> lines() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
