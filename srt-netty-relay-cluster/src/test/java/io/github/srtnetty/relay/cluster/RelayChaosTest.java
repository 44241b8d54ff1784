// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.ChildJvm;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kills, hangs and cuts of relays at random, while encoders compete and players play: when the view is whole again, all
 * players play, and when they have ended, no pull is left and each name has one publisher. Only with {@code
 * -Dcluster.chaos.minutes=15}; {@code -Dcluster.chaos.seed} repeats a schedule.
 */
@EnabledIfSystemProperty(named = "cluster.chaos.minutes", matches = "[0-9]+")
@Tag("slow")
class RelayChaosTest {
    private static final int HOSTS = 4;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS) // as long as the schedule
    void leavesNoPullAndOnePublisherOfEachName_afterEachRoundOfFailures() throws Exception {
        String seed = Long.toString(Long.getLong("cluster.chaos.seed", System.nanoTime()));
        String millis = Long.toString(
                Duration.ofMinutes(Long.getLong("cluster.chaos.minutes")).toMillis());
        System.out.println("seed " + seed);
        try (Namespaces hosts = new Namespaces(HOSTS)) {
            Process driver = ChildJvm.startUnder(hosts.on(HOSTS - 1), RelayChaos.class, hosts.prefix(), seed, millis);
            try (BufferedReader output = driver.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(System.out::println);
                assertThat(driver.waitFor()).isZero();
            } finally {
                driver.destroyForcibly();
            }
        }
    }
}
