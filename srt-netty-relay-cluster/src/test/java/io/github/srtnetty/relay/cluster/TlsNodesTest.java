// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links between nodes by TLS, which both sides must prove themselves for. */
class TlsNodesTest {
    @TempDir
    Path folder;

    private final TestNodes ports = new TestNodes(3);

    @Tag("slow")
    @Test
    void joinWithKeysOfOneAuthority_andWithoutThemNever() throws Exception {
        Keys keys = new Keys();
        try (LogRecorder log = LogRecorder.ofAll();
                ClusterDirectory a = open(0, keys.write(folder.resolve("a.p12")));
                ClusterDirectory b = open(1, keys.write(folder.resolve("b.p12")))) {
            Await.until( // nodes that came up apart still join their parts
                    "they see each other, to stay",
                    Duration.ofSeconds(40),
                    () -> a.nodes().size() == 2 && b.nodes().size() == 2 && !a.isRejoining() && !b.isRejoining());
            StreamEntry claim = granted(a, "cam1");
            Await.until("b finds it", Duration.ofSeconds(40), () -> claim.equals(b.find("cam1")));
            for (Path foreign : foreign()) {
                try (ClusterDirectory c = open(2, foreign)) {
                    assertThat(c.nodes()).as("it comes up alone").hasSize(1);
                    assertThat(c.find("cam1")).isNull();
                    granted(c, "cam1");
                    assertThat(a.find("cam1")).isEqualTo(claim);
                    assertThat(a.nodes()).hasSize(2);
                    assertThat(granted(b, "after").node())
                            .as("the others go on")
                            .isEqualTo("n1");
                    a.engine().joined().toCompletableFuture().join().remove("after");
                }
            }
            assertThat(log.messages().toString()).doesNotContain(Keys.PASSWORD);
        }
    }

    /** Keys of another authority, and none. */
    private List<@Nullable Path> foreign() throws Exception {
        return java.util.Arrays.asList(new Keys().write(folder.resolve("c.p12")), null);
    }

    private ClusterDirectory open(int index, @Nullable Path keyStore) throws IOException {
        ClusterSettings plain = ports.settings(index);
        ClusterSettings settings = new ClusterSettings(
                plain.node(),
                plain.bind(),
                plain.join(),
                "",
                "",
                keyStore,
                keyStore == null ? "" : Keys.PASSWORD,
                plain.pull(),
                plain.onSplit(),
                0,
                false);
        return InfinispanDirectoryProvider.open(settings, "127.0.0.1:1", ClusterPolicy.DEFAULT);
    }
}
