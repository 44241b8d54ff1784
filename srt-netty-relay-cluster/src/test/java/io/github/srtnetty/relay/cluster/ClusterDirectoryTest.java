// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.testing.StreamDirectoryContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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

    @Override
    protected StreamDirectory directory() {
        return nodes.get(0);
    }
}
