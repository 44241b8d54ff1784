// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.node.FakeCluster;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard of Grafana and the alert rules of Prometheus use metrics and labels that a running relay has. */
class ObservingTest {
    private static final Pattern USED = Pattern.compile("\\b((?:relay|jvm)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern SCRAPED = Pattern.compile("(?m)^(\\w+)(?:\\{([^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+) *(?:=~|!=|!~|=)");
    /** What Prometheus adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    @Test
    void theDashboardUsesWhatThereIs() throws Exception {
        String dashboard = resource("grafana-dashboard.json");
        Set<String> texts = new TreeSet<>();
        try (JsonParser json = new JsonFactory().createParser(dashboard)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                String name = String.valueOf(json.currentName());
                if (token == JsonToken.VALUE_STRING && Set.of("expr", "query").contains(name)) {
                    texts.add(json.getText());
                }
            }
        }
        assertThat(texts).hasSizeGreaterThan(20);
        assertUsed(String.join("\n", texts));
    }

    @Test
    void theAlertsUseWhatThereIs() throws Exception {
        String rules = resource("prometheus-alerts.yml");

        assertThat(rules.lines().filter(line -> line.contains("- alert: "))).hasSizeGreaterThan(8);
        assertUsed(rules.replaceAll("(?m)^ *(summary|#).*", ""));
    }

    private static void assertUsed(String text) throws Exception {
        Map<String, Set<String>> scraped = scraped();
        Map<String, Set<String>> used = metrics(USED.matcher(text));
        assertThat(used).isNotEmpty();
        used.forEach((metric, labels) -> {
            assertThat(scraped).containsKey(metric);
            labels.removeAll(OF_PROMETHEUS);
            assertThat(scraped.get(metric)).as("labels of %s", metric).containsAll(labels);
        });
    }

    private static Map<String, Set<String>> scraped() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT, new FakeCluster(), 0)) {
            harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            harness.code("publish:");
            Await.until("it is in", () -> harness.streams().find("x") != null);
            return metrics(SCRAPED.matcher(harness.get("/metrics").body()));
        }
    }

    /** Returns the labels of each metric. */
    private static Map<String, Set<String>> metrics(Matcher found) {
        return found.results()
                .collect(Collectors.toMap(
                        result -> result.group(1), ObservingTest::labels, ObservingTest::union, TreeMap::new));
    }

    private static Set<String> labels(MatchResult metric) {
        return metric.group(2) == null
                ? new TreeSet<>()
                : LABEL.matcher(metric.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        first.addAll(second);
        return first;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RelayServer.class.getResourceAsStream("monitor/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
