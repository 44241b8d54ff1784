// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chapter about the control API. */
@Tag("peers")
class ApiDocsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "relay-api.md");

    @Test
    void itsLinesForCurlWorkAsTheyAre() throws Exception {
        Needs.that(Files.isExecutable(Path.of("/usr/bin/curl")), "curl");
        List<String> lines = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(lines).hasSizeGreaterThan(5);
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:live/show", new ChannelInboundHandlerAdapter());
            harness.connect("read:live/show", new ChannelInboundHandlerAdapter());
            Await.until("the publisher is in", () -> isThere(harness, "publishers"));
            Await.until("the player is, too", () -> isThere(harness, "players"));
            String publisher = id(harness.get("/api/v1/publishers").body());
            String player = id(harness.get("/api/v1/players").body());
            String port = ":" + harness.relay().httpAddress().getPort();
            for (String line : lines) {
                String command = line.replace(":8080", port)
                        .replace("PUBLISHER", publisher)
                        .replace("PLAYER", player)
                        .replaceFirst("^curl ", "curl -sS -w '%{http_code}' ");
                try (Peer shell = Peer.start("sh", "-c", command)) {
                    assertThat(shell.awaitExit(Duration.ofSeconds(20))).isZero();
                    String output = new String(shell.output(), StandardCharsets.UTF_8);
                    assertThat(output).as(line).matches("(?s).*" + (line.contains("/reload") ? "422" : "20[014]"));
                }
            }
            Await.until("both are out", () -> harness.places().connected() == 0);
        }
    }

    @Test
    void itsTableHasEveryRoute() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            String document = harness.get("/openapi.json").body();
            TreeSet<String> documented = Files.readAllLines(DOCUMENT).stream()
                    .map(Pattern.compile("^\\| `[A-Z]+ (/api/v1/[^`]+)`")::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            TreeSet<String> described = Pattern.compile("\"(/api/v1/[^\"]+)\": *\\{")
                    .matcher(document)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).isEqualTo(described);
        }
    }

    private static boolean isThere(Harness harness, String list) {
        try {
            return harness.get("/api/v1/" + list).body().contains("\"id\"");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String id(String list) {
        Matcher found = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(list);
        assertThat(found.find()).as(list).isTrue();
        return found.group(1);
    }
}
