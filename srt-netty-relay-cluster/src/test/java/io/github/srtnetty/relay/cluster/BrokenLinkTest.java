// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three hosts, two of which do not reach each other, but both reach the third one. */
@Tag("slow")
class BrokenLinkTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private HostNodes nodes;

    @BeforeEach
    void start() {
        nodes = new HostNodes(0);
    }

    @AfterEach
    void stop() {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void whenTheLinkIsThereAgain_allAgreeOnOnePublisherForEachName() {
        claimOwn("kept");
        nodes.hosts().cutBetween(0, 1);
        Await.until(
                "one is missed",
                LONG,
                () -> nodes.all().stream().anyMatch(node -> HostNodes.seenBy(node) < HostNodes.SIZE));
        nodes.get(0).send("claim cam1"); // may wait for the link, so nobody waits for the answer
        nodes.get(1).send("claim cam1");
        nodes.get(1).send("claim cam2");
        nodes.get(0).send("claim cam2");
        Await.until(
                "one has the name",
                LONG,
                () -> !nodes.get(0).ask("find cam1").equals("none")
                        || !nodes.get(1).ask("find cam1").equals("none"));

        nodes.hosts().healBetween(0, 1);
        long healed = System.nanoTime();
        claimOwn("own");
        Await.until("all agree", LONG, () -> {
            String all = nodes.get(0).ask("all");
            return namesIn(all).endsWith("kept0,kept1,kept2,own0,own1,own2")
                    && nodes.all().stream().allMatch(node -> node.ask("all").equals(all))
                    && held().equals(all);
        });
        System.out.println("all agree after " + Duration.ofNanos(System.nanoTime() - healed));
        assertThat(nodes.get(2).lost()).isEmpty();
    }

    /** Lets each node claim a name that no other one wants, as an encoder that connects again until it is let in. */
    private void claimOwn(String name) {
        for (int i = 0; i < HostNodes.SIZE; i++) {
            ChildNode node = nodes.get(i);
            String claim = "claim " + name + i;
            Await.until(claim, LONG, () -> node.ask(claim).equals("granted"));
        }
    }

    private static String namesIn(String all) {
        return Arrays.stream(all.split(",")).map(entry -> entry.split("=")[0]).collect(Collectors.joining(","));
    }

    /** Returns what the nodes hold, in the order of the names. */
    private String held() {
        return nodes.all().stream()
                .flatMap(node -> Arrays.stream(node.ask("held").split(",")))
                .filter(entry -> !entry.isEmpty())
                .sorted()
                .collect(Collectors.joining(","));
    }
}
