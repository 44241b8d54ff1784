// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with the keys that the lines of docs/relay-cluster.md make find each other. */
@Tag("slow")
class DocumentedKeysTest {
    private static final Path CHAPTER = Path.of("..", "docs", "relay-cluster.md");

    @TempDir
    Path folder;

    @Test
    void oneKeyForAllNodes() throws Exception {
        run(block("openssl rand"));
        assertThat(Files.readString(folder.resolve("cluster-secret")).strip()).matches("[0-9a-f]{64}");
        assertJoined("node.p12", "node.p12");
    }

    @Test
    void aKeyForEachNode_ofOneAuthority() throws Exception {
        run(block("openssl rand"));
        String both = block("-alias ca");
        run(both);
        String node = both.substring(both.indexOf("keytool -genkeypair -alias node"));
        run(node.replace("CN=a", "CN=b")
                .replace("a.p12", "b.p12")
                .replace(" a.pem", " b.pem")
                .replace("cb.p12", "ca.p12"));
        assertJoined("a.p12", "b.p12");
    }

    private void assertJoined(String first, String second) throws IOException {
        TestNodes ports = new TestNodes(2);
        try (ClusterDirectory a = open(ports, 0, first);
                ClusterDirectory b = open(ports, 1, second)) {
            Await.until(
                    "they see each other",
                    Duration.ofSeconds(40),
                    () -> a.nodes().size() == 2 && b.nodes().size() == 2);
            StreamEntry claim = granted(a, "cam1");
            Await.until("b finds it", Duration.ofSeconds(40), () -> claim.equals(b.find("cam1")));
        }
    }

    private ClusterDirectory open(TestNodes ports, int index, String keyStore) throws IOException {
        ClusterSettings plain = ports.settings(index);
        ClusterSettings settings = new ClusterSettings(
                plain.node(),
                plain.bind(),
                plain.join(),
                "",
                Files.readString(folder.resolve("cluster-secret")).strip(),
                folder.resolve(keyStore),
                Files.readString(folder.resolve("cluster-password")).strip(),
                plain.pull(),
                plain.onSplit(),
                0,
                false);
        return InfinispanDirectoryProvider.open(settings, "127.0.0.1:1", ClusterPolicy.DEFAULT);
    }

    /** Returns the lines of the chapter's block that has a text. */
    private static String block(String text) throws IOException {
        return Arrays.stream(Files.readString(CHAPTER).split("```"))
                .filter(block -> block.contains(text) && block.contains("keytool"))
                .findFirst()
                .orElseThrow();
    }

    private void run(String lines) throws Exception {
        List<String> command = List.of("bash", "-euc", "set -o pipefail\n" + lines);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        Map<String, String> environment = builder.environment();
        environment.merge(
                "PATH", Path.of(System.getProperty("java.home"), "bin").toString(), (path, bin) -> bin + ":" + path);
        Needs.that(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
    }
}
