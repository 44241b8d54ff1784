// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.relay.access.Exposure;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayRulesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which addresses a relay listens, and how a configuration must protect its streams for that. */
class ExposureTest {
    private static final String TOKENS = "\"publishToken\": \"s3cr3t-p\", \"playToken\": \"s3cr3t-q\"";
    private static final String LOCKED = "{\"passphrase\": \"s3cr3t-passphrase\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    srt://127.0.0.1:0?mode=listener | {"defaultStreamIds": {"8891": "publish:a"}} \
                    | "8891": no listener has this port
                    srt://127.0.0.1:0?mode=listener&streamid=publish:a:u:s3cr3t-p | {} \
                    | 127.0.0.1:0: streamid has no effect on a listener
                    """)
    void refusesASettingThatHasNoEffect(String listener, String file, String words) throws Exception {
        RelayConfig config = new RelayConfig(load(file));

        assertThat(catchThrowable(() -> RelayServer.start(List.of(SrtUri.parse(listener)), null, config)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    srt://:8890                    | {}                                 | publish any stream
                    srt://[::]:8890?mode=listener  | {}                                 | publish any stream
                    srt://192.0.2.1:8890?mode=listener | {}                             | publish any stream
                    srt://:8890                    | {"queueMillis": 100}               | publish any stream
                    srt://:8890                    | {"playToken": "s3cr3t-q"}                 | publish any stream
                    srt://:8890                    | {"publishToken": "s3cr3t-p"}              | play any stream
                    srt://:8890                    | {"unlistedStreams": "reject", "streams": {"a": {}, "b": LOCKED}} \
                    | publish stream a;
                    srt://:8890 | {"unlistedStreams": "reject", "streams": {"a": {"publishToken": "s3cr3t-p"}}} \
                    | play stream a;
                    srt://:8890?passphrase=s3cr3t-passphrase&enforcedencryption=0 | {}       | publish any stream
                    srt://:8890                    | {TOKENS, "defaultStreamIds": {"8890": "publish:a:u:s3cr3t-p"}} \
                    | bind it to one address
                    """)
    void refusesAnAddressThatIsNotLoopback_whereStrangersCouldPublishOrPlay(String listener, String file, String words)
            throws Exception {
        assertThat(catchThrowable(() -> check(listener, file)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen on ")
                .hasMessageContaining(words)
                .hasMessageContaining("\"open\": true or --open");
        check(listener, file.replaceFirst("[}]$", file.equals("{}") ? "\"open\": true}" : ", \"open\": true}"));
        SrtUri uri = SrtUri.parse(listener);
        new Exposure(load(file).opened()).check(uri, Exposure.local(uri)); // --open
        check(onLoopback(listener), file);
    }

    /** A user who has listed all streams wants to reject the others, not to give them a token. */
    @Test
    void namesTheSettingThatRejectsUnlistedStreams_whereTheListedOnesAreProtected() throws Exception {
        String file = "{\"streams\": {\"a\": {TOKENS}}}";

        assertThat(catchThrowable(() -> check("srt://:8890", file)))
                .hasMessageContaining("anybody could publish any stream that is not listed; "
                        + "set \"unlistedStreams\": \"reject\" or publishToken, listen on 127.0.0.1, or allow it with");
        check("srt://:8890", file.replace("{\"streams\"", "{\"unlistedStreams\": \"reject\", \"streams\""));
        assertThat(summary(file))
                .contains("anybody may publish any stream that is not listed: no token and no passphrase is set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    srt://:8890                            | {TOKENS}
                    srt://:8890                            | {TOKENS, "streams": {"a": {}}}
                    srt://:8890                            | {"unlistedStreams": "reject", "streams": {"b": LOCKED}}
                    srt://:8890                            | {"unlistedStreams": "reject"}
                    srt://:8890?passphrase=s3cr3t-passphrase    | {}
                    srt://127.0.0.1:8890?mode=listener     | {}
                    srt://localhost:8890?mode=listener     | {}
                    srt://[::1]:8890?mode=listener         | {}
                    srt://:8890?adapter=127.0.0.1          | {}
                    srt://192.0.2.1:8891?mode=listener | {TOKENS, "defaultStreamIds": {"8891": "publish:a:u:s3cr3t-p"}}
                    """)
    void listensWhereEveryStreamIsProtected_orOnLoopback(String listener, String file) throws Exception {
        check(listener, file);
    }

    @Test
    void saysAtTheStartWhoMayPublishAndPlayWhat() throws Exception {
        assertThat(summary("{}"))
                .containsExactly(
                        "anybody may publish any stream: no token and no passphrase is set",
                        "anybody may play any stream: no token and no passphrase is set");
        assertThat(summary("{TOKENS, \"defaultStreamIds\": {\"8891\": \"publish:a:u:s3cr3t-p\"}}"))
                .containsExactly(
                        "publishing a stream needs its token or passphrase",
                        "playing a stream needs its token or passphrase",
                        "callers of port 8891 need no stream id: publish a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {HOOK}      | the permission of the hook, and its token or passphrase where it has one
                    {JWT}       | its token or a JSON Web Token
                    {HOOK, JWT} | its token or a JSON Web Token, and the permission of the hook
                    """)
    void saysAtTheStartThatTheHookIsAsked_orAJsonWebTokenNeeded(String file, String needed) throws Exception {
        assertThat(summary(file))
                .containsExactly("publishing a stream needs " + needed, "playing a stream needs " + needed);
    }

    @Test
    void advisesTokens_whereAPassphraseIsAllThatProtectsAStream() throws Exception {
        assertThat(new Exposure(load("{\"streams\": {\"b\": LOCKED}}")).advice())
                .hasSize(1);
        assertThat(new Exposure(load("{TOKENS, \"streams\": {\"b\": LOCKED}}")).advice())
                .isEmpty();
    }

    @Test
    void aReloadCannotOpenWhatIsReachable() throws Exception {
        SrtUri everywhere = SrtUri.parse("srt://:0");
        try (RelayServer relay = RelayServer.start(List.of(everywhere), null, config("{TOKENS}"))) {
            assertThat(catchThrowable(() -> relay.reload(config("{}")))).hasMessageContaining("anybody could publish");
            assertThat(relay.parts().state().rules()).isEqualTo(load("{TOKENS}"));
        }
    }

    private static String onLoopback(String listener) {
        return listener.replaceFirst("//[^?]*:8890", "//127.0.0.1:8890")
                + (listener.contains("?") ? "&" : "?")
                + (listener.contains("mode=") ? "" : "mode=listener");
    }

    private void check(String listener, String file) throws IOException {
        SrtUri uri = SrtUri.parse(listener);
        new Exposure(load(file)).check(uri, Exposure.local(uri));
    }

    private List<String> summary(String file) throws IOException {
        return new Exposure(load(file)).summary();
    }

    private RelayConfig config(String file) throws IOException {
        return new RelayConfig(load(file));
    }

    private RelayRules load(String file) throws IOException {
        String text = file.replace("TOKENS", TOKENS)
                .replace("LOCKED", LOCKED)
                .replace("HOOK", "\"hook\": {\"url\": \"http://127.0.0.1:1/\", \"allowPrivate\": true}")
                .replace("JWT", "\"jwt\": {\"file\": \"jwks.json\"}");
        return RelayRulesReader.read(Files.writeString(folder.resolve("relay.json"), text));
    }
}
