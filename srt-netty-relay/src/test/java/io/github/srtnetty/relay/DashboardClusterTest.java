// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.node.FakeCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of a node in a browser. */
@Timeout(120)
class DashboardClusterTest extends InBrowser {
    @Test
    void showsTheNodes_andTheStreamsOfOthersWithTheirNode() throws Exception {
        FakeCluster cluster = new FakeCluster();
        cluster.publish(ODD, "b");
        try (Harness harness = new Harness(RelayRules.DEFAULT, cluster, 3)) {
            browser.errors();
            browser.open(url(harness));
            browser.awaitText("#missing-nodes", "This node runs alone: 3 nodes are expected");
            assertThat(browser.text("#nodes tbody [data-column=node]")).isEqualTo("a (this one)");

            cluster.join("b");
            browser.awaitText("#nodes tr[data-node=b] [data-column=sent]", "40.00 Mbit/s");
            browser.awaitText("#missing-nodes", "2 of 3 expected nodes are in the cluster");
            browser.awaitText("#nodes tr[data-node=a] [data-column=state]", "running");
            assertThat(browser.text("#nodes tr[data-node=b] [data-column=load]"))
                    .isEqualTo("0.25");
            browser.awaitText("#count", "1 stream");
            assertThat(browser.text("#streams tbody a")).isEqualTo(ODD);
            assertThat(browser.text("#streams tbody tr[data-name] [data-column=node]"))
                    .isEqualTo("b");
            assertThat(browser.count("#streams tbody tr[data-name] [data-column=node]"))
                    .isEqualTo(1);
            assertThat(browser.count("main img")).isZero();

            cluster.leave("b");
            browser.awaitText("#count", "0 streams");
            assertThat(browser.count("#nodes tbody tr")).isEqualTo(1);
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aRelayAloneShowsNeitherNodesNorTheirColumn() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            browser.open(url(harness));
            browser.awaitText("#connection", "live");
            assertThat(browser.count("#cluster, #streams [data-column=node]")).isZero();
        }
    }
}
