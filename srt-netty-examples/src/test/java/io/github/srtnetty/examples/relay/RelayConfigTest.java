// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayConfigTest {
    private static final Path SAMPLE = Path.of("relay", "relay.json");

    @TempDir
    Path folder;

    @Test
    void loadsTheSample() throws Exception {
        RelayConfig config = RelayConfig.load(SAMPLE);

        assertThat(config.knows("studio")).isTrue();
        assertThat(config.knows("somebody/elses")).isFalse();
        assertThat(config.token("studio", Role.PUBLISH)).isNotEmpty();
        assertThat(config.passphrase("contribution")).isNotEmpty();
        assertThat(config.request("", 8891))
                .isEqualTo(new StreamRequest(Role.PUBLISH, "studio", config.token("studio", Role.PUBLISH)));
    }

    @Test
    void theSampleShowsEverySetting() throws Exception {
        String sample = Files.readString(SAMPLE);

        for (RelaySetting setting : RelaySetting.values()) {
            assertThat(sample).contains('"' + setting.key() + '"');
        }
    }

    @Test
    void anEmptyFileLetsEverybodyIn() throws Exception {
        assertThat(load("{}")).isEqualTo(RelayConfig.DEFAULT);
        assertThat(RelayConfig.DEFAULT.knows("anything")).isTrue();
    }

    @Test
    void aStreamsOwnTokenComesBeforeThatOfAll() throws Exception {
        RelayConfig config = load("""
                {"publishToken": "all", "streams": {"a": {"publishToken": "own"}, "b": {}}}
                """);

        assertThat(config.token("a", Role.PUBLISH)).isEqualTo("own");
        assertThat(config.token("b", Role.PUBLISH)).isEqualTo("all");
        assertThat(config.token("b", Role.PLAY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"queueBytes": 1}                                     | queueBytes: must be from 65536 to
                    {"queueBytes": "many"}                                | queueBytes: must be a number
                    {"queueMillis": 99999999999}                          | out of range
                    {"slowPlayer": "wait"}                                | slowPlayer: must be one of drop, disconnect
                    {"slowPlayers": "drop"}                               | unknown key "slowPlayers"
                    {"slowPlayer": "drop", "slowPlayer": "drop"}          | Duplicate field 'slowPlayer'
                    {"streams": []}                                       | streams must be an object
                    {"streams": {"a": {"secret": "x"}}}                   | stream a: unknown key "secret"
                    {"streams": {"a": {"passphrase": "short"}}}           | stream a: passphrase: must be 10 to 80 bytes
                    {"streams": {"a b": {}}}                              | white space
                    {"defaultStreamIds": {"0": "publish:x"}}              | port 0
                    {"defaultStreamIds": {"9000": "#!::m=publish"}}       | no key r
                    {"queueBytes": 100000                                 | end-of-input
                    {} {}                                                 | closing brace
                    []                                                    | the file must be an object
                    """)
    void saysWhereAndWhatIsWrong(String text, String words) {
        assertThat(catchThrowable(() -> load(text)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("relay.json:1: ")
                .hasMessageContaining(words);
    }

    private RelayConfig load(String text) throws IOException {
        return RelayConfig.load(Files.writeString(folder.resolve("relay.json"), text));
    }
}
