// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The page of the relay in a browser. */
@Timeout(180)
class DashboardPageTest extends InBrowser {
    /** Keeps the texts of all rows by column, and their time. */
    private static final String FREEZE = """
            window.frozen = new Map([...document.querySelectorAll('#streams tbody tr[data-name]')].map(row =>
              [row.dataset.name, Object.fromEntries([...row.cells].map(cell =>
                [cell.dataset.column, cell.textContent]))]));
            window.frozenTime = document.querySelector(arguments[0]).dataset.time;
            """;

    /** An idle machine takes 0.3 s, 2.3 s for a publisher that is silent. */
    private static final long MOST_MILLIS = 3000;

    @Test
    void showsWhatTheApiReturns_andAsksNoOtherHost() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            SrtChannel publisher = harness.connect("publish:live/a", new ChannelInboundHandlerAdapter());
            harness.connect("read:live/a", new ChannelInboundHandlerAdapter());
            awaitPlayers(harness, "live/a", 1);
            Future<?> sending = send(publisher);
            browser.requests();
            browser.errors();
            browser.open(url(harness));
            browser.awaitText("[data-column=receivedBitsPerSecond][data-value]:not([data-value='0'])", "bit/s");

            compareRow(harness);
            sending.cancel(false);
            openStream("live/a");
            browser.awaitText("#stream-name", "live/a");
            browser.awaitText("[data-fact=State]", "silent");
            compareStream(harness);
            assertThat(browser.errors()).isEmpty();
            assertThat(browser.requests())
                    .hasSizeGreaterThan(10)
                    .allMatch(request -> request.startsWith(url(harness)) || request.startsWith("about:"));
        }
    }

    private static void compareRow(Harness harness) {
        Map<String, String> api = sameMoment(harness, "#streams", "/api/v1/dashboard");
        Map<String, String> row = cells("live/a");
        assertThat(row)
                .containsEntry("state", "live")
                .containsEntry("name", "live/a")
                .containsEntry("players", "1");
        assertThat(row).containsEntry("publisher", api.get("address")).containsEntry("droppedPackets", "0");
        double bits = Double.parseDouble(api.get("receivedBitsPerSecond"));
        assertThat(row.get("receivedBitsPerSecond"))
                .isEqualTo(bits >= 1e6 ? fixed(bits / 1e6, 2) + " Mbit/s" : kilobits(bits));
        assertThat(row.get("rttMillis")).isEqualTo(fixed(Double.parseDouble(api.get("rttMillis")), 1) + " ms");
        assertThat(row.get("bufferMillis"))
                .isEqualTo(api.get("bufferMillis") + " / " + api.get("latencyMillis") + " ms");
        assertThat(row.get("lossPercent")).startsWith(api.get("lossPercent").substring(0, 1));
    }

    private static void compareStream(Harness harness) {
        Map<String, String> stream = fields(harness, "/api/v1/streams/live%2Fa");
        assertThat(browser.text("[data-fact=Publisher]")).isEqualTo(stream.get("address"));
        assertThat(browser.text("[data-fact=Drops]")).isEqualTo(stream.get("pktRcvDropTotal"));
        assertThat(browser.text("[data-fact=Players]")).isEqualTo(stream.get("players"));
        assertThat(browser.text("[data-fact=Latency]")).isEqualTo("200 ms");
        assertThat(browser.text("#players tbody td")).startsWith("127.0.0.1:");
        assertThat(browser.count("#graphs canvas")).isEqualTo(4);
        assertThat(browser.count(".lane canvas")).isEqualTo(1);
        for (String range : List.of("1m", "1h", "24h", "10m")) {
            browser.click("[data-range='" + range + "'].range");
            Await.until(range, () -> browser.attribute("#graphs", "data-range").equals(range));
        }
    }

    /** The best of three counts: the browser may have to wait for a core, and that only adds to the time. */
    @Test
    void aPublisherThatStopsChangesTheStateWithinThreeSeconds() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            browser.open(url(harness));
            long silentMillis = Long.MAX_VALUE;
            long leftMillis = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                SrtChannel silent = harness.connect("publish:silent" + i, new ChannelInboundHandlerAdapter());
                SrtChannel left = harness.connect("publish:left" + i, new ChannelInboundHandlerAdapter());
                Future<?> sending = send(silent);
                send(left);
                awaitState("silent" + i, "live");
                awaitState("left" + i, "live");

                long start = System.nanoTime();
                sending.cancel(false);
                left.close();
                awaitState("left" + i, "ended");
                leftMillis = Math.min(leftMillis, millisSince(start));
                awaitState("silent" + i, "silent");
                silentMillis = Math.min(silentMillis, millisSince(start));
                silent.close();
            }
            System.out.printf("a publisher that left: %d ms, that is silent: %d ms%n", leftMillis, silentMillis);
            assertThat(leftMillis).isLessThan(MOST_MILLIS);
            assertThat(silentMillis).isLessThan(MOST_MILLIS);
        }
    }

    @Test
    void aNameIsShownAsText_whateverItHolds() throws Exception {
        String withSpace = "<img src=x onerror=alert(1)>";
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:" + ODD, new ChannelInboundHandlerAdapter());
            FakePlayer.waitFor(harness.streams(), withSpace);
            awaitPlayers(harness, withSpace, 1);
            browser.open(url(harness));
            browser.awaitText("#count", "2 streams");
            assertThat(browser.text("#streams tr[data-state]:not([data-state=waiting]) a"))
                    .isEqualTo(ODD);
            assertThat(browser.text("tr[data-state=waiting] a")).isEqualTo(withSpace);
            for (String name : List.of(ODD, withSpace)) {
                openStream(name);
                browser.awaitText("#stream-name", Pattern.quote(name));
                browser.awaitText("[data-fact=State]", "live|silent|waiting");
                assertThat(browser.count("main img")).isZero();
                assertThat((String) browser.run("return document.title")).startsWith(name);
            }
            browser.click("a[href='#/']");
            browser.awaitText("#count", "2 streams");
        }
    }

    @Test
    void anObserverSees_andAnOperatorDisconnects() throws Exception {
        String observer = TestSecrets.TOKEN + "-observer";
        String operator = TestSecrets.TOKEN + "-operator";
        ApiRules api = new ApiRules(
                List.of(
                        new ApiToken("eve", ApiRole.OBSERVER, TokenHash.of(observer)),
                        new ApiToken("oscar", ApiRole.OPERATOR, TokenHash.of(operator))),
                List.of(),
                List.of(),
                ProxyHeader.X_FORWARDED_FOR,
                null);
        try (Harness harness = new Harness(new RelayRules(Map.of(), Map.of(), Map.of(), api))) {
            SrtChannel player = harness.connect("read:x", new ChannelInboundHandlerAdapter());
            awaitPlayers(harness, "x", 1);
            browser.open(url(harness) + "#/stream/x");
            browser.type("#token", TestSecrets.WRONG_TOKEN);
            browser.click("#login");
            browser.awaitText("#login-note", "the token is wrong");
            browser.type("#token", observer);
            browser.click("#login");
            browser.awaitText("#caller", "eve \\(observer\\)");
            browser.awaitText("#players tbody td", "127.0.0.1:");
            assertThat(browser.count(".disconnect, #reset, #disconnect")).isZero();

            actAsOperator(harness, player, operator);
        }
    }

    private static void actAsOperator(Harness harness, SrtChannel player, String operator) {
        browser.click("#logout");
        browser.awaitText("h2", "Log in");
        browser.type("#token", operator);
        browser.click("#login");
        browser.awaitText("#caller", "oscar");
        browser.click(".disconnect");
        browser.awaitText("#confirm-text", "Disconnect the player 127.0.0.1:");
        browser.click("#confirm-no");
        assertThat(harness.streams().find("x").sinks()).hasSize(1);
        browser.click("#reset");
        browser.click("#confirm-yes");
        browser.awaitText("#reset-at", "counted since");
        browser.click(".disconnect");
        browser.click("#confirm-yes");
        Await.until("the player is out", () -> !player.isOpen());
        browser.awaitText("[data-fact=State]", "ended");
    }

    @Test
    void aThousandStreamsAreFoundSortedAndWalkedThrough() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            for (int i = 0; i < 1000; i++) {
                FakePlayer.waitFor(harness.streams(), String.format("stream/%04d", i));
            }
            browser.open(url(harness));
            browser.awaitText("#count", "1000 streams");
            assertThat(browser.count("#streams tbody tr")).isBetween(15L, 80L);
            assertThat((long) browser.run("return document.querySelector('.scroller').scrollHeight"))
                    .isBetween(36_000L, 38_000L);
            browser.type("body", "/");
            browser.type("", "0777");
            browser.awaitText("#count", "1 of 1000");
            assertThat(browser.text("#streams tbody a")).isEqualTo("stream/0777");
            browser.run("document.getElementById('filter').value = '';"
                    + "document.getElementById('filter').dispatchEvent(new Event('input'))");
            browser.click("th[data-column=name] button");
            Await.until("it is sorted", () -> browser.text("#streams tbody a").equals("stream/0999"));
            browser.run("document.querySelector('#streams tbody a').focus()");
            browser.type("", Keys.END);
            Await.until(
                    "the last one has the focus",
                    () -> browser.run("return document.activeElement.textContent")
                            .equals("stream/0000"));
            browser.type("", Keys.ENTER);
            browser.awaitText("#stream-name", "stream/0000");
        }
    }

    @Test
    void anUpdateOfAThousandRowsTakesAPartOfASecond() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            browser.open(url(harness));
            Object millis = browser.runAsync("""
                    const done = arguments[arguments.length - 1];
                    import('/dashboard/table.js').then(({ StreamTable }) => {
                      const root = document.createElement('div');
                      document.body.append(root);
                      const table = new StreamTable(root);
                      const times = [];
                      for (let second = 0; second < 30; second++) {
                        const streams = Array.from({ length: 1000 }, (unused, i) => ({
                          name: `live/${i}`, state: 'live', receivedBitsPerSecond: Math.random() * 1e7, rttMillis: 20,
                          publisher: { id: 'x', address: '192.0.2.1:1', connectedAt: '2026-01-01T00:00:00Z' },
                          lossPercent: Math.random(), retransmittedPercent: 1, droppedPackets: i % 2, bufferMillis: 100,
                          latencyMillis: 120, players: 3, alarms: [] }));
                        const start = performance.now();
                        table.show({ time: new Date(1.8e12 + second * 1000).toISOString(), streams });
                        root.getBoundingClientRect();
                        times.push(performance.now() - start);
                      }
                      times.sort((a, b) => a - b);
                      done(times[15]);
                    });
                    """);
            System.out.printf("an update of 1,000 rows takes %s ms (median)%n", millis);
            assertThat(((Number) millis).doubleValue()).isLessThan(250);
        }
    }

    @Test
    void connectsAgain_whenTheRelayEndsTheEvents() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            browser.open(url(harness));
            browser.awaitText("#connection", "live");
            harness.relay()
                    .reload(new RelayConfig(new RelayRules(
                            Map.of(),
                            Map.of(),
                            Map.of(),
                            new ApiRules(
                                    List.of(new ApiToken(
                                            "a", ApiRole.ADMIN, TokenHash.of(TestSecrets.TOKEN + "-of-an-admin"))),
                                    List.of(),
                                    List.of(),
                                    ProxyHeader.X_FORWARDED_FOR,
                                    null))));
            browser.awaitText("h2", "Log in");
        }
    }

    private static void openStream(String name) {
        browser.run("location.hash = '#/stream/' + encodeURIComponent(arguments[0])", name);
    }

    private static Future<?> send(SrtChannel channel) {
        return channel.eventLoop()
                .scheduleAtFixedRate(
                        () -> channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])),
                        0,
                        5,
                        TimeUnit.MILLISECONDS);
    }

    private static void awaitState(String name, String state) {
        browser.awaitText("tr[data-name='" + name + "'] [data-column=state]", state);
    }

    private static void awaitPlayers(Harness harness, String name, int players) {
        Await.until(players + " players", () -> {
            LiveStream stream = harness.streams().find(name);
            return stream != null && stream.sinks().size() == players;
        });
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** Returns the texts of a row by column. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> cells(String name) {
        return (Map<String, String>) browser.run("return frozen.get(arguments[0])", name);
    }

    private static String kilobits(double bits) {
        return fixed(bits / 1e3, bits >= 1e5 || bits == 0 ? 0 : 1) + " kbit/s";
    }

    /** Rounds as JavaScript does, by the exact value: 0.35 is a little less than that. */
    private static String fixed(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    /** Waits until page and API are of the same moment; keeps the page's rows of it, and returns the API's fields. */
    private static Map<String, String> sameMoment(Harness harness, String selector, String path) {
        Map<String, String> fields = new LinkedHashMap<>();
        Await.until("page and API are of one moment", Duration.ofSeconds(20), () -> {
            fields.clear();
            fields.putAll(fields(harness, path));
            browser.run(FREEZE, selector);
            return fields.get("time").equals(browser.run("return frozenTime"));
        });
        return fields;
    }

    /** Returns all scalar fields of a JSON document by their names; of the same names the last one. */
    private static Map<String, String> fields(Harness harness, String path) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(harness.get(path).body())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isScalarValue() && json.currentName() != null) {
                    fields.put(json.currentName(), json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return fields;
    }
}
