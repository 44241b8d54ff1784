// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.infinispan.manager.DefaultCacheManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JoinWatchTest {
    private static final long START = ClusterPolicy.DEFAULT.start().toNanos();
    private static final Set<String> NOBODY = Set.of();
    private static final Set<String> N1 = Set.of("n1#1");

    private final JoinWatch watch = new JoinWatch(ClusterPolicy.DEFAULT);
    private long now = TimeUnit.DAYS.toNanos(-1);

    @Test
    void aMemberThatIsNotLetInWithinItsStart_isNoticedOnce() {
        assertThat(after(0, N1)).isFalse();
        assertThat(after(START / 2, N1)).isFalse();
        assertThat(after(START / 2, N1)).isTrue();
        assertThat(after(START / 2, N1)).isFalse();
    }

    @Test
    void aNodeThatComesAsOneMemberAfterTheOther_isNot() {
        for (int i = 0; i < 10; i++) {
            assertThat(after(START / 2, Set.of("n1#" + i))).isFalse();
        }
    }

    @Test
    void aMemberThatIsLetInMeanwhile_isNot() {
        assertThat(after(0, N1)).isFalse();
        assertThat(after(START / 2, NOBODY)).isFalse();
        assertThat(after(START / 2, N1)).isFalse();
    }

    /** The engine of the second node runs without the caches, as one that the coordinator does not let in. */
    @Tag("slow")
    @Test
    void theCoordinatorStartsAgain_andTheOthersDoNot() throws IOException {
        ClusterPolicy policy = TestNodes.policyWithStart(Duration.ofSeconds(5));
        try (TestNodes nodes = new TestNodes(3, policy)) {
            nodes.start(0);
            nodes.start(1);
            nodes.awaitSize(2);
            try (DefaultCacheManager waiting =
                    new DefaultCacheManager(EngineSettings.global(nodes.settings(2), policy, null, List.of()))) {
                waiting.start();
                Await.until(
                        "the coordinator has joined anew",
                        Duration.ofSeconds(60),
                        () -> nodes.get(0).rejoins() == 1);
                assertThat(nodes.get(1).rejoins()).isZero();
            }
        }
    }

    private boolean after(long nanos, Set<String> notAdmitted) {
        now += nanos;
        return watch.isStuck(notAdmitted, now);
    }
}
