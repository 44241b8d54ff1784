// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.github.srtnetty.testing.LogRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayRulesTest {
    private static final Path SAMPLE = Path.of("deploy", "relay.json");

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
        RelayRules config = load(Files.readString(SAMPLE).replace("change-me", "my-own-secret"));

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"publishToken\": \"a\"}",
                "{\"streams\": {\"a\": {\"playToken\": \"a\"}}}",
                "{\"streams\": {\"a\": {\"passphrase\": \"0123456789\"}}}",
                "{\"defaultStreamIds\": {\"8891\": \"#!::r=a,m=publish,s=token\"}}",
                "{\"passphrases\": {\"a\": \"0123456789\"}}",
                "{\"hook\": {\"url\": \"https://127.0.0.1/\", \"token\": \"a\", \"allowPrivate\": true}}",
                "{\"hook\": {\"url\": \"https://127.0.0.1/?key=a\", \"allowPrivate\": true}}",
                "{\"webhooks\": {\"a\": {\"url\": \"https://192.0.2.1/\", \"secret\": \"0123456789abcdef\"}}}",
                "{\"cluster\": {\"secret\": \"0123456789abcdef0123456789abcdef\"}}"
            })
    void warnsThatOthersCanReadAFileWithASecret(String text) throws Exception {
        assertThat(warningsOf(text)).singleElement().asString().contains("can read it: run chmod o-r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"maxPublishers\": 5, \"streams\": {\"a\": {\"playAllow\": [\"192.0.2.0/24\"], \"cues\": true}}}",
                "{\"defaultStreamIds\": {\"8891\": \"publish:studio\"}}",
                "{\"jwt\": {\"file\": \"keys.json\"}, \"hook\": {\"url\": \"https://192.0.2.1/\"}}",
                "{\"cluster\": {\"secret\": \"file:secret\"}}"
            })
    void doesNotWarnThatOthersCanReadAFileWithoutSecrets(String text) throws Exception {
        assertThat(warningsOf(text)).isEmpty();
    }

    @Test
    void doesNotWarnThatOthersCanReadHashes() throws Exception {
        String hash = StreamTokens.hashOf("0123456789abcdef");
        String hashOfApi = TokenHash.of("0123456789abcdef").text();

        assertThat(warningsOf("{\"playToken\": \"" + hash + "\", \"streams\": {\"a\": {\"playToken\": \"" + hash
                        + "\"}}" + ", \"api\": {\"tokens\": {\"a\": {\"role\": \"admin\", \"hash\": \"" + hashOfApi
                        + "\"}}}}"))
                .isEmpty();
    }

    private List<String> warningsOf(String text) throws IOException {
        Path file = folder.resolve("relay.json");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (LogRecorder log = new LogRecorder(RelayRulesReader.class)) {
            RelayRulesReader.read(file);
            return List.copyOf(log.messages());
        }
    }

    @Test
    void anEmptyFileIsTheDefault() throws Exception {
        assertThat(load("{}")).isEqualTo(RelayRules.DEFAULT);
        assertThat(RelayRules.DEFAULT.knows("anything")).isTrue();
    }

    @Test
    void aStreamsOwnTokenComesBeforeThatOfAll() throws Exception {
        RelayRules config = load("""
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
                    {"queueBytes": 100000.5}                              | queueBytes: must be a whole number in digits
                    {"queueMillis": 99999999999}                          | out of range
                    {"slowPlayer": "wait"}                                | slowPlayer: must be one of drop, disconnect
                    {"slowPlayers": "drop"}                               | did you mean slowPlayer?
                    {"slowPlayer": "drop", "slowPlayer": "drop"}          | Duplicate field 'slowPlayer'
                    {"strems": {}}                                        | did you mean streams?
                    {"hok": {}}                                           | did you mean hook?
                    {"jwt": {"alowPrivate": true}}                        | "alowPrivate"; did you mean allowPrivate?
                    {"hook": {"timeoutMilis": 1}}                         | did you mean timeoutMillis?
                    {"streams": []}                                       | streams must be an object
                    {"streams": {"a": {"secret": "x"}}}                   | stream a: unknown key "secret"
                    {"streams": {"a": {"passphrase": "short"}}}           | stream a: passphrase: must be 10 to 80 bytes
                    {"streams": {"a b": {}}}                              | white space
                    {"defaultStreamIds": {"0": "publish:x"}}              | port 0
                    {"defaultStreamIds": {"9000": "#!::m=publish"}}       | the key r
                    {"publishToken": ""}                                  | publishToken: is empty
                    {"playToken": " "}                                    | playToken: is empty
                    {"publishToken": "x", "streams": {"a": {"publishToken": ""}}} | stream a: publishToken: is empty
                    {"streams": {"a": {"playToken": ""}}}                 | stream a: playToken: is empty
                    {"streams": {"a": {"passphrase": ""}}}                | stream a: passphrase: is empty
                    {"publishToken": "file:/run/secrets/token"}           | publishToken: begins with file: or env:
                    {"streams": {"a": {"playToken": "env:TOKEN"}}}        | stream a: playToken: begins with file:
                    {"streams": {"a": {"passphrase": "file:pass.txt"}}}   | stream a: passphrase: begins with file: or
                    {"publishToken": "change-me-to-publish"}              | publishToken: still is "change-me..."
                    {"streams": {"a": {"passphrase": "Change-Me-now"}}} \
                    | stream a: passphrase: still is "change-me..."
                    {"defaultStreamIds": {"9000": "publish:x:u:change-me"}} \
                    | defaultStreamIds: 9000: still is "change-me..."
                    {"publishToken": "a,b"}                               | publishToken: cannot be sent in every form
                    {"streams": {"a": {"playToken": "a&b"}}}              | stream a: playToken: cannot be sent in every
                    {"publishToken": "\\ud800"}                           | publishToken: has a character that no caller
                    {"streams": {"a": {"passphrase": "0123456789\\ud800"}}} | stream a: passphrase: must be 10 to 80
                    {"defaultStreamIds": {"+80": "publish:x"}}            | "+80" is not a port
                    {"defaultStreamIds": {"080": "publish:x"}}            | "080" is not a port
                    {"defaultStreamIds": {"\\u0668\\u0660": "publish:x"}} | is not a port
                    {"defaultStreamIds": {"65536": "publish:x"}}          | port 65536 is not between
                    {"a\\n2026 FORGED": 1}                               | unknown key "a\\n2026 FORGED"
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
    void saysInPlainWordsThatAFileIsCutShort() {
        assertThat(catchThrowable(() -> load("{")))
                .hasMessage("relay.json:1: Unexpected end-of-input: expected close marker for Object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"publishToken\": topsecret123}",
                "{\"publishToken\": topsecret123\n}",
                "{\"streams\": {\"a\": {\"passphrase\": 'topsecret123'}}}",
                "{\"publishToken\": [\"topsecret123\"]}",
                "{\"publishToken\": \"topsecret123}",
                "{\"publishToken\": \"topsecret123\\x\"}",
                "{\"publishToken\": \"topsecret123,\"}",
                "{\"streams\": {\"a\": {\"passphrase\": \"topsecret123\\u0000\"}}}",
                "{\"defaultStreamIds\": {\"9000\": \"#!::s=topsecret123\"}}",
                "topsecret123"
            })
    void noErrorShowsASecret(String text) {
        Throwable failure = catchThrowable(() -> load(text));

        assertThat(failure).isInstanceOf(IOException.class).hasMessageStartingWith("relay.json:");
        assertThat(failure).hasStackTraceContaining("relay.json:");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("topsecret");
    }

    /** Any text: rules, or one typed failure with the line. */
    @Tag("slow")
    @Test
    void isTotal() throws Exception {
        long seed = System.nanoTime();
        System.out.println("rules: seed " + seed);
        Random random = new Random(seed);
        byte[] sample =
                Files.readString(SAMPLE).replace("change-me", "my-own-secret").getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("relay.json");
        int read = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] mutant = sample.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                byte[] marks = "{}[]\",:\\0-9.eE/*\n\u00ff \0".getBytes(StandardCharsets.ISO_8859_1);
                mutant[random.nextInt(mutant.length)] = marks[random.nextInt(marks.length)];
            }
            Files.write(file, random.nextInt(10) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant);
            try {
                RelayRulesReader.read(file);
                read++;
            } catch (IOException e) {
                assertThat(e.getMessage())
                        .as("seed %d, case %d", seed, i)
                        .matches("relay\\.json:\\d+: [^\\n]*")
                        .doesNotContain("my-own-secret");
            }
        }
        assertThat(read).isBetween(100, 2900);
    }

    /** A device has no size, and no end. */
    @Test
    void refusesADeviceWithoutEnd() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "this machine has no " + device);

        assertThat(catchThrowable(() -> RelayRulesReader.read(device)))
                .isInstanceOf(IOException.class)
                .hasMessage("zero: longer than 16777216 bytes");
    }

    @Test
    void refusesEmptySecretsInCodeToo() {
        var empty = Map.of("a", Map.of(StreamSetting.PUBLISH_TOKEN, ""));

        assertThat(catchThrowable(() -> new RelayRules(Map.of(), empty, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stream a: publishToken: is empty");
    }

    @Test
    void keepsSecretsOutOfItsText() throws Exception {
        RelayRules config = load("""
                {"publishToken": "hidden-1",
                 "streams": {"a": {"passphrase": "hidden-2-hidden", "playToken": "hidden-3"}},
                 "defaultStreamIds": {"9000": "publish:a:u:hidden-1"}}
                """);
        StreamRequest request = config.request("", 9000);

        assertThat(config.toString() + request).doesNotContain("hidden");
    }

    private RelayRules load(String text) throws IOException {
        return RelayRulesReader.read(Files.writeString(folder.resolve("relay.json"), text));
    }
}
