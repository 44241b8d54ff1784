// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClaimOutcome.Granted;
import io.github.srtnetty.relay.directory.ClaimOutcome.Refused;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.directory.StreamEntry.State;
import io.github.srtnetty.testing.Await;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What holds for every directory, also where there is only one node. */
public abstract class StreamDirectoryContract {
    /** Returns the directory under test, without streams. */
    protected abstract StreamDirectory directory();

    @Test
    void hasNoStreams_untilOneIsClaimed() {
        assertThat(directory().find("cam1")).isNull();
        assertThat(directory().streams()).isEmpty();
        assertThat(directory().acceptsPublishers()).isTrue();
    }

    @Test
    void findsAClaim_onceItIsGranted() {
        StreamEntry claim = granted("cam1");

        assertThat(claim.name()).isEqualTo("cam1");
        assertThat(claim.node()).isEqualTo(directory().self());
        assertThat(claim.state()).isEqualTo(State.LIVE);
        assertThat(directory().find("cam1")).isEqualTo(claim);
        assertThat(directory().streams()).containsExactly(claim);
        assertThat(directory().find("cam2")).isNull();
    }

    @Test
    void freesAName_whenReleaseReturns() {
        StreamEntry claim = granted("cam1");
        directory().release(claim);

        assertThat(directory().find("cam1")).isNull();
        assertThat(directory().streams()).isEmpty();
        StreamEntry next = granted("cam1");
        assertThat(next.isSameClaim(claim)).isFalse();
        assertThat(directory().find("cam1")).isEqualTo(next);
    }

    @Test
    void replacesAClaimOfItsOwn_byALaterOne() {
        StreamEntry first = granted("cam1");
        StreamEntry second = granted("cam1");

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(directory().find("cam1")).isEqualTo(second);
        directory().release(first);
        directory().silent(first, true);
        assertThat(directory().find("cam1"))
                .as("the first claim has no effect any more")
                .isEqualTo(second);
    }

    @Test
    void notesSilence_andItsEnd() {
        StreamEntry claim = granted("cam1");
        directory().silent(claim, true);
        assertThat(directory().find("cam1")).isEqualTo(claim.with(State.SILENT));
        directory().silent(claim, false);
        assertThat(directory().find("cam1")).isEqualTo(claim);
        directory().silent(claim, true);
        directory().release(claim);
        assertThat(directory().find("cam1")).isNull();
        directory().silent(claim, false);
        assertThat(directory().find("cam1")).isNull();
    }

    @Test
    void keepsEveryName_asItIs() {
        List<String> names = List.of("", ";", "a;b#c", "zwölf/Ströme", "line\nbreak\u0000", "x".repeat(512), "🎥");
        for (String name : names) {
            assertThat(granted(name).name()).isEqualTo(name);
        }
        assertThat(directory().streams()).extracting(StreamEntry::name).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            StreamEntry found = directory().find(name);
            assertThat(found).isNotNull();
            directory().release(found);
            assertThat(directory().find(name)).isNull();
        }
    }

    @Test
    void grantsOneAfterTheOther_whereManyClaimAtOnce() throws Exception {
        List<CompletableFuture<ClaimOutcome>> claims = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            claims.add(directory().claim("cam1").toCompletableFuture());
        }
        List<Long> epochs = new ArrayList<>();
        for (CompletableFuture<ClaimOutcome> claim : claims) {
            epochs.add(((Granted) claim.get(30, TimeUnit.SECONDS)).claim().epoch());
        }
        assertThat(epochs).isSorted().doesNotHaveDuplicates();
        StreamEntry holder = directory().find("cam1");
        assertThat(holder).isNotNull();
        assertThat(holder.epoch()).isEqualTo(epochs.get(99));
    }

    @Test
    void notifiesListeners_ofClaimsReleasesAndSilence_whateverOneThrows() {
        ConcurrentLinkedQueue<String> changes = new ConcurrentLinkedQueue<>();
        directory().watch(new DirectoryListener() {
            @Override
            public void changed(String name) {
                throw new IllegalStateException("of a test");
            }
        });
        directory().watch(new DirectoryListener() {
            @Override
            public void changed(String name) {
                StreamEntry now = directory().find(name);
                changes.add(name + " " + (now == null ? "free" : now.state()));
            }
        });
        StreamEntry claim = granted("cam1");
        Await.until("the claim is reported", () -> changes.contains("cam1 LIVE"));
        directory().silent(claim, true);
        Await.until("the silence is reported", () -> changes.contains("cam1 SILENT"));
        directory().release(claim);
        Await.until("the release is reported", () -> changes.contains("cam1 free"));
    }

    @Test
    void hasItselfAmongItsNodes_withTheNewestReport() {
        DirectoryNode before = self();
        assertThat(before.self()).isTrue();
        assertThat(before.coordinator()).isTrue();
        assertThat(before.name()).isEqualTo(directory().self());
        NodeReport report = new NodeReport("1.2;3", Instant.ofEpochMilli(1_700_000_000_123L), true, 1, 2, 3, 4, 5, 0.5);
        directory().report(report);
        assertThat(self().report()).isEqualTo(report);
    }

    @Test
    void grantsNothing_afterItsEnd() throws Exception {
        granted("cam1");
        directory().close();
        directory().close();

        assertThat(directory().claim("cam2").toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isInstanceOf(Refused.class);
        assertThat(directory().find("cam1")).isNull();
        assertThat(directory().streams()).isEmpty();
    }

    private StreamEntry granted(String name) {
        ClaimOutcome outcome = directory()
                .claim(name)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(outcome).isInstanceOf(Granted.class);
        return ((Granted) outcome).claim();
    }

    private DirectoryNode self() {
        List<DirectoryNode> nodes = directory().nodes();
        assertThat(nodes).hasSize(1);
        return nodes.get(0);
    }
}
