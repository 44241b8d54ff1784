// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page shows in windows of several widths, and while the relay drains. */
@Timeout(120)
class DashboardLayoutTest extends InBrowser {
    private static final String FITS =
            "const s = document.querySelector('.scroller'); return s.scrollWidth <= s.clientWidth;";

    @AfterEach
    void useTheOrdinaryWindow() {
        browser.picture(1280, 1000, 1);
    }

    @ParameterizedTest
    @CsvSource({"1800, 1", "1200, 0", "700, 0", "560, 0", "390, 0"})
    void theTableFitsIntoTheWindow_withTheNumberOfPlayers(int width, int retransmitted) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:live/with-a-name-of-some-length", new ChannelInboundHandlerAdapter());
            browser.open(url(harness));
            browser.awaitText("tbody [data-column=publisher]", "127\\.0\\.0\\.1:");

            browser.picture(width, 800, 1);

            Await.until("the table fits at " + width, () -> (boolean) browser.run(FITS));
            assertThat(browser.count("tbody [data-column=players]")).isEqualTo(1);
            assertThat(browser.count("tbody [data-column=retransmittedPercent]"))
                    .isEqualTo(retransmitted);
        }
    }

    @Test
    void allColumnsComeBack_whenTheWindowIsWideAgain() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:live/a", new ChannelInboundHandlerAdapter());
            browser.open(url(harness));
            browser.awaitText("tbody [data-column=publisher]", "127\\.0\\.0\\.1:");
            browser.picture(600, 800, 1);
            Await.until("few columns", () -> browser.count("tbody [data-column=publisher]") == 0);

            browser.picture(1800, 800, 1);

            Await.until("all columns", () -> browser.count("tbody [data-column=publisher]") == 1);
        }
    }

    @Test
    void saysThatTheRelayDrains_onBothPages() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:live", new ChannelInboundHandlerAdapter());
            browser.open(url(harness));
            browser.awaitText("#connection", "^live$");

            HttpRequest drain = HttpRequest.newBuilder(URI.create(url(harness) + "api/v1/drain"))
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(drain, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);

            browser.awaitText("#connection", "^draining: no new connections$");
            browser.run("location.hash = '#/stream/live'");
            browser.awaitText("#stream-name", "live");
            browser.awaitText("#connection", "^draining: no new connections$");
        }
    }
}
