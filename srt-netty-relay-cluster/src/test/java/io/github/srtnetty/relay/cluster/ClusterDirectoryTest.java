// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClaimOutcome.Granted;
import io.github.srtnetty.relay.directory.ClaimOutcome.Refused;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.testing.StreamDirectoryContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node in a cluster of its own does as a relay without a cluster. */
class ClusterDirectoryTest extends StreamDirectoryContract {
    private final TestNodes nodes =
            new TestNodes(1, TestNodes.policy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(30)));

    @BeforeEach
    void start() {
        nodes.start(0);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void completesEveryClaim_whenItIsClosedMeanwhile() {
        List<CompletableFuture<ClaimOutcome>> claims = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            claims.add(directory().claim("cam" + i % 50).toCompletableFuture());
        }
        directory().close();
        claims.forEach(claim ->
                assertThat(claim.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOfAny(Granted.class, Refused.class));
    }

    @Override
    protected StreamDirectory directory() {
        return nodes.get(0);
    }
}
