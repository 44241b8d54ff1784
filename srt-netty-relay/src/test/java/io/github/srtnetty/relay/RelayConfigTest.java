// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayConfigTest {
    private static final Path SAMPLE = Path.of("relay", "relay.json");

    @TempDir
    Path folder;

    @Test
    void refusesTheSample_asLongAsItsSecretsAreNotChanged() throws Exception {
        String sample = Files.readString(SAMPLE);
        Matcher secret = Pattern.compile("change-me[-a-z0-9]*").matcher(sample.replaceAll("//.*", ""));

        while (secret.find()) {
            String oneLeft = sample.replaceAll("change-me(?!" + secret.group().substring(9) + "\")", "my-own-secret");
            assertThat(catchThrowable(() -> load(oneLeft)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("still is \"change-me...\" of the sample")
                    .hasMessageNotContaining(secret.group());
        }
    }

    @Test
    void loadsTheSample_onceItsSecretsAreChanged() throws Exception {
        RelayConfig config = load(Files.readString(SAMPLE).replace("change-me", "my-own-secret"));

        assertThat(config.knows("studio")).isTrue();
        assertThat(config.knows("somebody/elses")).isFalse();
        assertThat(config.token("studio", Role.PUBLISH)).isNotEmpty();
        assertThat(config.passphrase("contribution")).isNotEmpty();
        assertThat(config.isOpen()).isFalse();
        assertThat(config.defaultStreamIds())
                .as("no port that publishes without an id")
                .isEmpty();
    }

    @Test
    void theSampleShowsEverySetting() throws Exception {
        String sample = Files.readString(SAMPLE);

        for (RelaySetting setting : RelaySetting.values()) {
            assertThat(sample).contains('"' + setting.key() + '"');
        }
    }

    @Test
    void anEmptyFileIsTheDefault() throws Exception {
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
                    {"publishToken": ""}                                  | publishToken: is empty
                    {"playToken": " "}                                    | playToken: is empty
                    {"publishToken": "x", "streams": {"a": {"publishToken": ""}}} | stream a: publishToken: is empty
                    {"streams": {"a": {"playToken": ""}}}                 | stream a: playToken: is empty
                    {"streams": {"a": {"passphrase": ""}}}                | stream a: passphrase: is empty
                    {"publishToken": "change-me-to-publish"}              | publishToken: still is "change-me..."
                    {"streams": {"a": {"passphrase": "Change-Me-now"}}} \
                    | stream a: passphrase: still is "change-me..."
                    {"defaultStreamIds": {"9000": "publish:x:u:change-me"}} \
                    | defaultStreamIds: 9000: still is "change-me..."
                    {"open": "yes"}                                       | open: must be true or false
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

    @Test
    void refusesEmptySecretsInCodeToo() {
        var empty = Map.of("a", Map.of(StreamSetting.PUBLISH_TOKEN, ""));

        assertThat(catchThrowable(() -> new RelayConfig(Map.of(), empty, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stream a: publishToken: is empty");
    }

    @Test
    void keepsSecretsOutOfItsText() throws Exception {
        RelayConfig config = load("""
                {"publishToken": "hidden-1",
                 "streams": {"a": {"passphrase": "hidden-2-hidden", "playToken": "hidden-3"}},
                 "defaultStreamIds": {"9000": "publish:a:u:hidden-1"}}
                """);
        StreamRequest request = config.request("", 9000);

        assertThat(config.toString() + request + new Admission(request, config, null))
                .doesNotContain("hidden");
    }

    private RelayConfig load(String text) throws IOException {
        return RelayConfig.load(Files.writeString(folder.resolve("relay.json"), text));
    }
}
