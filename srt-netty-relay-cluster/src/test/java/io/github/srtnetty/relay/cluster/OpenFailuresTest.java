// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.testing.LogRecorder;
import io.github.srtnetty.testing.TestSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be opened fails in one line, before anything is started, and leaves no thread. */
class OpenFailuresTest {
    @TempDir
    Path folder;

    private String node = "n0";
    private InetSocketAddress bind =
            new InetSocketAddress("127.0.0.1", TestNodes.freePorts(1).get(0));
    private List<String> join = List.of();
    private String dns = "";
    private @Nullable Path keyStore;
    private String password = Keys.PASSWORD;
    private OnSplit onSplit = OnSplit.ACCEPT;

    @Test
    void aPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bind = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
            assertThat(failure())
                    .isEqualTo("cannot open the cluster's port 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; choose another address, or end the program"
                            + " that uses it");
        }
    }

    @Test
    void anAddressOfAnotherMachine() {
        bind = new InetSocketAddress("192.0.2.1", 7800);
        keyStore = folder.resolve("missing.p12");
        assertThat(failure()).isEqualTo("cannot use the cluster's key store " + keyStore + ": there is no such file");
    }

    @Test
    void aKeyStoreThatCannotBeUsed() throws Exception {
        keyStore = new Keys().write(folder.resolve("node.p12"));
        password = TestSecrets.WRONG_PASSPHRASE;
        assertThat(failure()).isEqualTo("cannot use the cluster's key store " + keyStore + ": the password is wrong");
        password = "";
        assertThat(failure()).isEqualTo("cannot use the cluster's key store " + keyStore + ": the password is wrong");
        password = Keys.PASSWORD;
        Files.writeString(keyStore, "-----BEGIN PRIVATE KEY-----");
        assertThat(failure())
                .isEqualTo("cannot use the cluster's key store " + keyStore + ": it is not a readable PKCS#12 file");
        keyStore = new Keys().writeCertificate(folder.resolve("certificate.p12"));
        assertThat(failure()).isEqualTo("cannot use the cluster's key store " + keyStore + ": it has no private key");
        keyStore = folder;
        assertThat(failure())
                .isEqualTo("cannot use the cluster's key store " + keyStore + ": it is not a readable PKCS#12 file");
    }

    @Test
    void linksInClear_outsideLoopback() {
        bind = new InetSocketAddress("192.0.2.1", 7800);
        assertThat(failure()).startsWith("nodes at 192.0.2.1:7800 need a key store for TLS between them");
    }

    @Test
    void anAddressThatOthersCannotConnectTo() {
        bind = new InetSocketAddress("0.0.0.0", 7800);
        assertThat(failure()).contains("must be one that other nodes can connect to, not 0.0.0.0:7800");
        bind = new InetSocketAddress("127.0.0.1", 0);
        assertThat(failure()).contains("needs a port");
        bind = InetSocketAddress.createUnresolved("no.such.host.invalid", 7800);
        assertThat(failure()).isEqualTo("the cluster's address no.such.host.invalid cannot be resolved");
    }

    @Test
    void seedsAndNamesThatAreNone() {
        for (String seed :
                List.of("a", "a:", ":1", "a:0", "a:65536", "a:99999", "a b:1", "a'/><b:1", "[::1]", "::1:5")) {
            join = List.of("127.0.0.1:7800", seed);
            assertThat(failure()).as(seed).startsWith("a seed must be host:port");
        }
        join = List.of();
        for (String name : List.of("", "a b", "a;b", "a#b", "ü", "x".repeat(65))) {
            node = name;
            assertThat(failure()).as(name).startsWith("the name of a node has 1 to 64");
        }
        node = "n0";
        for (String name : List.of("a b", "a'/>", "http://a/")) {
            dns = name;
            assertThat(failure()).as(name).startsWith("the DNS name of the cluster is not a host name");
        }
    }

    @Test
    void aMajorityOfTooFewNodes() {
        onSplit = OnSplit.MAJORITY;
        assertThat(failure()).isEqualTo("onSplit majority needs expected nodes of at least 3");
    }

    @Tag("slow")
    @Test
    void aNameThatAnotherNodeHas() {
        ClusterPolicy hasty = TestNodes.policy(TestNodes.JOIN, Duration.ofMillis(500), Duration.ofSeconds(30));
        try (TestNodes nodes = new TestNodes(2)) {
            nodes.start(0);
            ClusterSettings settings = nodes.settings("n0", nodes.port(1), OnSplit.ACCEPT, 0);
            IOException failure = catchThrowableOfType(
                    IOException.class, () -> InfinispanDirectoryProvider.open(settings, "", hasty));
            assertThat(failure)
                    .hasMessage("the cluster already has a node named n0: choose another name for this node");
            nodes.awaitSize(1);
        }
    }

    @Test
    void aStartThatTakesTooLong() throws IOException {
        ClusterPolicy hasty = TestNodes.policyWithStart(Duration.ofMillis(1));
        ClusterSettings settings =
                new ClusterSettings(node, bind, join, dns, "", null, "", new InetSocketAddress(0), onSplit, 0, false);
        IOException failure =
                catchThrowableOfType(IOException.class, () -> InfinispanDirectoryProvider.open(settings, "", hasty));
        assertThat(failure)
                .hasMessageEndingWith(
                        ": IllegalStateException: the other nodes did not accept this node in 3 attempts");
        new ServerSocket(bind.getPort(), 1, bind.getAddress()).close(); // nothing of the attempts has it
    }

    private String failure() {
        ClusterSettings settings = new ClusterSettings(
                node, bind, join, dns, "", keyStore, password, new InetSocketAddress(0), onSplit, 0, false);
        try (LogRecorder log = LogRecorder.ofAll()) {
            IOException failure =
                    catchThrowableOfType(IOException.class, () -> new InfinispanDirectoryProvider().open(settings, ""));
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain(TestSecrets.MARK);
            assertThat(log.messages()).isEmpty();
            return failure.getMessage();
        }
    }
}
