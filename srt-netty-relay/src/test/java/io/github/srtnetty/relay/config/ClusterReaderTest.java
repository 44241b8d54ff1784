// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.testing.LogRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The object {@code cluster} of the relay's file. */
class ClusterReaderTest {
    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void readsEveryKey() throws Exception {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Files.writeString(folder.resolve("node.p12"), "");
        ClusterRules rules = load("""
                {"cluster": {"node": "a", "bind": "192.0.2.1:7800", "join": ["192.0.2.1:7800", "[2001:db8::2]:7800"],
                  "secret": "file:secret", "keyStore": "node.p12", "keyStorePassword": "text:file:odd",
                  "pull": "192.0.2.1:7801", "onSplit": "majority", "expectedNodes": 3, "insecure": true}}
                """);

        assertThat(rules.settings())
                .isEqualTo(new ClusterSettings(
                        "a",
                        new InetSocketAddress("192.0.2.1", 7800),
                        List.of("192.0.2.1:7800", "[2001:db8::2]:7800"),
                        "",
                        SECRET,
                        folder.resolve("node.p12").toAbsolutePath(),
                        "file:odd",
                        new InetSocketAddress("192.0.2.1", 7801),
                        OnSplit.MAJORITY,
                        3,
                        true));
        assertThat(rules + rules.settings().toString()).doesNotContain(SECRET).doesNotContain("odd");
    }

    @Test
    void onLoopbackNeedsAddressesOnly() throws Exception {
        ClusterSettings settings = load("{\"cluster\": {\"bind\": \"127.0.0.1:7805\", \"join\": [\"127.0.0.1:7800\"]}}")
                .settings();

        assertThat(settings.node()).matches("[A-Za-z0-9._-]{1,64}").endsWith("-7805");
        assertThat(settings.pull()).isEqualTo(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        assertThat(settings.onSplit()).isEqualTo(OnSplit.ACCEPT);
        assertThat(settings.secret()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                        | cluster must be an object
            {"bnd": "127.0.0.1:1"}                    | unknown key "bnd"; did you mean bind?
            {"node": "a b"}                           | node: must have 1 to 64 letters
            {"node": ""}                              | node: must have 1 to 64 letters
            {"bind": "127.0.0.1"}                     | bind: must be HOST:PORT
            {"bind": "127.0.0.1:0"}                   | bind: port 0 is not between 1 and 65535
            {"bind": "127.0.0.1:65536"}               | bind: port 65536 is not between 1 and 65535
            {"bind": "::1:7800"}                      | bind: must be HOST:PORT
            {"bind": "tcp://127.0.0.1:1"}             | bind: must be HOST:PORT
            {"bind": 7800}                            | bind: must be a string
            {"join": "127.0.0.1:7800"}                | join: must be a list in brackets
            {"join": []}                              | join: must have 1 to 256 addresses
            {"join": ["x"]}                           | join: x: must be HOST:PORT
            {"join": [7800]}                          | join: must be a list of strings
            {"dns": "a b"}                            | dns: must be a name of the DNS
            {"secret": ""}                            | secret: is empty
            {"secret": "s3cret-short"}                | secret: must have at least 16 characters
            {"secret": "change-me-0123456789"}        | secret: still is
            {"secret": "text:s3cret"}                 | secret: must have at least 16 characters
            {"keyStore": ""}                          | keyStore: names no file
            {"keyStorePassword": " "}                 | keyStorePassword: is empty
            {"pull": "127.0.0.1:x"}                   | pull: must be HOST:PORT
            {"onSplit": "stop"}                       | onSplit: must be one of accept, majority
            {"expectedNodes": -1}                     | expectedNodes: must be from 0 to 256
            {"expectedNodes": "3"}                    | expectedNodes: must be a number
            {"insecure": "yes"}                       | insecure: must be true or false
            {"node": "a", "node": "b"}                | Duplicate field 'node'
            """)
    void refusesAValueWithItsLine(String cluster, String reason) {
        assertThatThrownBy(() -> load("{\"cluster\": " + cluster + "}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("relay.json:1: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("change-me-0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "join": ["127.0.0.1:7800"]                                              | needs bind
            "bind": "127.0.0.1:7800"                                                | needs either join
            "bind": "127.0.0.1:7800", "join": ["127.0.0.1:7800"], "dns": "a"        | needs either join
            "bind": "0.0.0.0:7800", "join": ["192.0.2.1:7800"]                      | bind: must be one address
            "bind": "[::]:7800", "join": ["192.0.2.1:7800"]                         | bind: must be one address
            "bind": "127.0.0.1:7800", "join": ["a:1"], "pull": "0.0.0.0:1"          | pull: must be one address
            "bind": "127.0.0.1:7800", "join": ["a:1"], "pull": "192.0.2.1:1"        | pull: must be a loopback address
            "bind": "192.0.2.1:7800", "join": ["a:1"]                               | need a secret
            "bind": "192.0.2.1:7800", "join": ["a:1"], "insecure": true             | need a secret
            "bind": "192.0.2.1:7800", "join": ["a:1"], "secret": "0123456789abcdef" | need a keyStore
            "bind": "127.0.0.1:7800", "join": ["a:1"], "keyStorePassword": "s3cret" | needs a keyStore
            "bind": "127.0.0.1:7800", "join": ["a:1"], "keyStore": "none.p12"       | keyStore: there is no such file
            "bind": "127.0.0.1:7800", "join": ["a:1"], "onSplit": "majority"        | majority needs expectedNodes
            "bind": "127.0.0.1:7800", "join": ["a:1"], "onSplit": "majority", "expectedNodes": 2 | needs expectedNodes
            "bind": "127.0.0.1:7800", "join": ["a:1"], "secret": "file:none"        | the file "none" does not exist
            "bind": "127.0.0.1:7800", "join": ["a:1"], "secret": "file:short"       | must have at least 16 characters
            "bind": "127.0.0.1:7800", "join": ["a:1"], "secret": "file:two"         | the file "two" has more than one
            "bind": "127.0.0.1:7800", "join": ["a:1"], "secret": "env:NO_SUCH_VARIABLE_HERE" | is not set
            "bind": "no-such-host.invalid:7800", "join": ["a:1"]                    | unknown host
            """)
    void refusesAtTheStartWhatIsNotAllowedTogether(String keys, String reason) throws Exception {
        Files.writeString(folder.resolve("short"), "s3cret");
        Files.writeString(folder.resolve("two"), SECRET + "\n" + SECRET);
        ClusterRules rules = load("{\"cluster\": {" + keys + "}}");

        assertThatThrownBy(rules::settings)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cluster: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void outsideLoopbackLinksInClearMustBeAllowed() throws Exception {
        String keys = "{\"cluster\": {\"bind\": \"192.0.2.1:7800\", \"dns\": \"relays.example\", \"secret\": \""
                + SECRET + "\", \"insecure\": true}}";

        assertThat(load(keys).settings().insecure()).isTrue();
    }

    @Test
    void optionsReplaceKeysOfTheFile() throws Exception {
        ClusterRules rules = load("{\"cluster\": {\"bind\": \"192.0.2.1:7800\", \"dns\": \"relays.example\"}}")
                .with("bind", "127.0.0.1:7802")
                .with("node", "c")
                .with("join", "127.0.0.1:7800, 127.0.0.1:7801");

        ClusterSettings settings = rules.settings();
        assertThat(settings.bind().getPort()).isEqualTo(7802);
        assertThat(settings.node()).isEqualTo("c");
        assertThat(settings.join()).containsExactly("127.0.0.1:7800", "127.0.0.1:7801");
        assertThat(settings.dns()).isEmpty();
        assertThatThrownBy(() -> rules.with("bind", "x"))
                .hasMessage("cluster: bind: must be HOST:PORT, such as 10.0.0.1:7800 or [fd00::1]:7800");
        assertThatThrownBy(() -> rules.with("join", "127.0.0.1:7800,")).hasMessageContaining("must be HOST:PORT");
    }

    @Test
    void aFileOfItsOwnHasTheKeysThemselves() throws Exception {
        Path file = folder.resolve("cluster.json");
        Files.writeString(file, "{\"bind\": \"127.0.0.1:7800\", /* all */ \"join\": [\"127.0.0.1:7800\"]}");
        assertThat(RelayRulesReader.readCluster(file).settings().bind().getPort())
                .isEqualTo(7800);

        Files.writeString(file, "{\"cluster\": {}}");
        assertThatThrownBy(() -> RelayRulesReader.readCluster(file))
                .hasMessageContaining("cluster.json:1: the file must contain the keys of cluster directly");
    }

    @Test
    void warnsThatOthersCanReadAFileWithASecret_notOneThatNamesAnotherFile() throws Exception {
        Path file = folder.resolve("cluster.json");
        Files.writeString(file, "{\"secret\": \"file:secret\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (LogRecorder log = new LogRecorder(RelayRulesReader.class)) {
            RelayRulesReader.readCluster(file);
            assertThat(log.messages()).isEmpty();
            Files.writeString(file, "{\"secret\": \"" + SECRET + "\"}");
            RelayRulesReader.readCluster(file);
            assertThat(log.messages()).singleElement().asString().contains("can read it: run chmod o-r");
        }
    }

    private ClusterRules load(String text) throws IOException {
        Path file = folder.resolve("relay.json");
        Files.writeString(file, text);
        return Objects.requireNonNull(RelayRulesReader.read(file).cluster());
    }
}
