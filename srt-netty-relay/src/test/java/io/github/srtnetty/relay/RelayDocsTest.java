// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.AuthRules;
import io.github.srtnetty.relay.config.ClusterSetting;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.node.FakeCluster;
import io.github.srtnetty.relay.webhook.WebhookTarget;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chapters about the relay have the rows of the code, all of them and no others. */
class RelayDocsTest {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final Pattern HELP_AND_TYPE = Pattern.compile("# HELP (relay_\\w+) (.*)\n# TYPE \\w+ (\\w+)");

    @Test
    void hasEverySetting() throws Exception {
        List<String> lines = lines();

        for (RelaySetting setting : RelaySetting.values()) {
            assertThat(lines).contains(setting.documentation());
        }
        for (ClusterSetting setting : ClusterSetting.values()) {
            assertThat(lines).contains(setting.documentation());
        }
        for (StreamSetting setting : StreamSetting.values()) {
            assertThat(lines).contains(setting.documentation());
        }
    }

    @Tag("slow")
    @Test
    void hasEveryMetricAndNoOther() throws Exception {
        assertThat(documented()).isEqualTo(scraped());
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> chapters = Files.newDirectoryStream(DOCUMENTS, "relay*.md")) {
            for (Path chapter : chapters) {
                lines.addAll(Files.readAllLines(chapter));
            }
        }
        return lines;
    }

    private static Set<String> documented() throws Exception {
        return lines().stream()
                .filter(line -> line.startsWith("| `relay_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> scraped() throws Exception {
        WebhookTarget webhook =
                new WebhookTarget("docs", URI.create("http://127.0.0.1:9/"), "a-secret-of-the-test", Set.of(), false);
        RelayRules rules =
                new RelayRules(Map.of(), Map.of(), Map.of(), ApiRules.DEFAULT, List.of(webhook), AuthRules.NONE);
        try (Harness harness = new Harness(rules, new FakeCluster(), 0)) {
            var publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            harness.code("publish:");
            Await.until("it is in", () -> harness.streams().find("x") != null);
            String page = harness.get("/metrics").body();
            publisher.close().sync();
            return HELP_AND_TYPE
                    .matcher(page)
                    .results()
                    .map(RelayDocsTest::row)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String row(MatchResult metric) {
        return "| `" + metric.group(1) + "` | " + metric.group(3) + " | " + metric.group(2) + " |";
    }
}
