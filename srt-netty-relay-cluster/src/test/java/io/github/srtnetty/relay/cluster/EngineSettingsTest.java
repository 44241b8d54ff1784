// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
    /** ClusterTopologyManagerImpl.CLUSTER_RECOVERY_ATTEMPTS, whose class lacks annotations for javac. */
    private static final int ATTEMPTS = 10;

    @Test
    void aCoordinatorWaitsForANodeThatHangs_untilItIsOutOfTheView() {
        ClusterPolicy policy = ClusterPolicy.DEFAULT;
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7800);
        ClusterSettings settings = new ClusterSettings(
                "a", bind, List.of(), "", "", null, "", new InetSocketAddress(0), OnSplit.ACCEPT, 0, false);
        long timeOut = EngineSettings.global(settings, policy, null, List.of())
                .transport()
                .distributedSyncTimeout();
        assertThat(timeOut / ATTEMPTS)
                .isGreaterThanOrEqualTo(policy.silence().plus(policy.verify()).toMillis());
    }
}
