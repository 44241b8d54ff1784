// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of the control API that only reads. */
class ApiReadTest {
    private static final String ODD = "live/show<ä>";

    /** A publisher is live for so long after what it sent. */
    private static final RelayRules PATIENT =
            new RelayRules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000), Map.of(), Map.of());

    @Test
    void returnsStreamsPublishersAndPlayers_inAListAndOneByOne() throws Exception {
        try (Harness harness = new Harness(PATIENT)) {
            var publisher = harness.connect("publish:" + ODD, new ChannelInboundHandlerAdapter());
            harness.connect("read:" + ODD, new ChannelInboundHandlerAdapter());
            harness.connect("read:other", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(3);
            publisher.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).sync();
            Await.until(
                    "it is relayed", () -> harness.streams().total().sentPackets.sum() == 1);

            assertThat(body(harness, "/api/v1/streams?filter=LIVE"))
                    .contains("\"total\":1", "\"name\":\"" + ODD + "\"", "\"state\":\"live\"", "\"receivedBytes\":1316")
                    .contains("\"publisher\":{\"id\":");
            assertThat(body(harness, "/api/v1/streams?state=waiting")).contains("\"total\":1", "\"name\":\"other\"");
            assertThat(body(harness, "/api/v1/streams/live%2Fshow%3C%C3%A4%3E"))
                    .startsWith("{\"name\":\"" + ODD + "\"")
                    .contains("\"players\":1");
            String publishers = body(harness, "/api/v1/publishers");
            assertThat(publishers)
                    .contains("\"address\":\"127.0.0.1:", "\"silent\":false", "\"msRTT\":", "\"pktRecvTotal\":1");
            assertThat(body(harness, "/api/v1/publishers/" + id(publishers))).contains("\"stream\":\"" + ODD + "\"");
            String players = body(harness, "/api/v1/players?stream=other");
            assertThat(players).contains("\"total\":1", "\"stream\":\"other\"", "\"queuedBytes\":0");
            assertThat(body(harness, "/api/v1/players/" + id(players))).contains("\"id\":\"" + id(players) + "\"");
            assertThat(id(players)).matches("[0-9a-f]{16}").isNotEqualTo(id(publishers));
            assertThat(id(body(harness, "/api/v1/publishers"))).isEqualTo(id(publishers));
        }
    }

    @Test
    void pagesThroughAList_withoutRepeatingOrHidingWhatStays() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            for (String name : List.of("e", "a", "d", "b")) {
                harness.connect("read:" + name, new ChannelInboundHandlerAdapter());
            }
            harness.awaitMembers(4);
            String first = body(harness, "/api/v1/streams?limit=2");
            assertThat(names(first)).containsExactly("a", "b");
            harness.connect("read:c", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(5);

            String second = body(harness, "/api/v1/streams?limit=2&cursor=" + next(first));
            assertThat(names(second)).containsExactly("c", "d");
            String third = body(harness, "/api/v1/streams?limit=2&cursor=" + next(second));
            assertThat(names(third)).containsExactly("e");
            assertThat(third).doesNotContain("\"next\"");
        }
    }

    @Tag("slow")
    @Test
    void returnsTheBitRateOfTheLastSecond() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            var publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(1);
            Await.until("packets of a second are counted", () -> {
                publisher.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316]));
                return Pattern.compile("\"receivedBitsPerSecond\":[1-9]")
                        .matcher(body(harness, "/api/v1/streams/x"))
                        .find();
            });
            Await.until(
                    "none any more", () -> body(harness, "/api/v1/streams/x").contains("PerSecond\":0,"));
        }
    }

    @Test
    void returnsVersionAndHealth_alsoWhileDraining() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(body(harness, "/api/v1/version")).matches("\\{\"version\":\"[0-9].*\",\"libsrt\":\"1\\..*\"}");
            assertThat(harness.get("/api/v1/health").statusCode()).isEqualTo(200);
            assertThat(body(harness, "/api/v1/health")).contains("\"status\":\"ok\"", "\"connections\":0");
            harness.state().startDraining();
            assertThat(harness.get("/api/v1/health").statusCode()).isEqualTo(503);
            assertThat(body(harness, "/api/v1/health")).contains("\"status\":\"draining\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/streams/none              | 404
            /api/v1/publishers/0123456789abcdef | 404
            /api/v1/players/x                 | 404
            /api/v1/players/                  | 404
            /api/v1/players/a/b               | 404
            /api/v1                           | 404
            /api/v2/streams                   | 404
            /api/v1/streams?limit=0           | 400
            /api/v1/streams?limit=1001        | 400
            /api/v1/streams?limit=-1          | 400
            /api/v1/streams?limit=1&limit=2   | 400
            /api/v1/streams?limit             | 400
            /api/v1/streams?cursor=***        | 400
            /api/v1/streams?state=dead        | 400
            /api/v1/streams?fliter=x          | 400
            /api/v1/streams?filter=%ff        | 400
            /api/v1/streams?filter=%2         | 400
            /api/v1/streams/%C3               | 400
            /api/v1/streams/%zz               | 400
            /api/v1/version?x=y               | 400
            /api/v1/streams?limit=1000&cursor=&filter=%2B+ | 200
            """)
    void answersWrongRequestsWithAProblem(String target, int status) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            String answer = harness.raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer.contains("content-type: application/problem+json"))
                    .isEqualTo(status >= 400);
            assertThat(answer.contains("\"detail\":\"")).isEqualTo(status >= 400);
        }
    }

    private static String body(Harness harness, String path) {
        try {
            HttpResponse<String> answer = harness.get(path);
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(String list) {
        return Pattern.compile("\"name\":\"(\\w+)\"")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String id(String json) {
        return first("\"id\":\"([^\"]+)\"", json);
    }

    private static String next(String list) {
        return first("\"next\":\"([^\"]+)\"", list);
    }

    private static String first(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }
}
