// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The object {@code webhooks} of the relay's file. */
class WebhooksReaderTest {
    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void readsUrlSecretKindsAndNetwork() throws Exception {
        RelayRules rules = load("""
                {"webhooks": {
                  "ops": {"url": "https://example.org/hook?key=k3y", "secret": "0123456789abcdef"},
                  "lan": {"url": "http://10.0.0.1:9000/", "secret": "0123456789abcdef", "privateNetwork": true,
                          "events": ["publish", "alarm-raised"]}}}
                """);

        assertThat(rules.webhooks())
                .containsExactly(
                        new WebhookTarget(
                                "ops", URI.create("https://example.org/hook?key=k3y"), SECRET, Set.of(), false),
                        new WebhookTarget(
                                "lan",
                                URI.create("http://10.0.0.1:9000/"),
                                SECRET,
                                Set.of(EventKind.PUBLISH, EventKind.ALARM_RAISED),
                                true));
        assertThat(rules + rules.webhooks().toString()).doesNotContain(SECRET).doesNotContain("k3y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a b": {}}                                        | 1 to 64 letters
            {"a": {}}                                          | needs url and secret
            {"a": {"url": "https://x.example/"}}               | needs url and secret
            {"a": {"url": "ftp://x.example/", "secret": "S"}}  | must be http://HOST
            {"a": {"url": "http://127.1/", "secret": "S"}}     | must be http://HOST
            {"a": {"url": "https:///x", "secret": "S"}}        | must be http://HOST
            {"a": {"url": "https://u:p@x.example/"}}           | must have no user
            {"a": {"url": "https://x.example/#a"}}             | no fragment
            {"a": {"url": "https://x y/"}}                     | is not a URL
            {"a": {"url": "https://x.example/", "secret": "short"}} | at least 16 characters
            {"a": {"secret": "change-me-0123456789"}}          | of the sample
            {"a": {"events": ["publishes"]}}                   | must be among [publish,
            {"a": {"events": []}}                              | must not be empty
            {"a": {"privateNetwork": 1}}                       | must be true or false
            {"a": {"timeout": 1}}                              | unknown key
            {"a": {"event": []}}                               | webhook a: unknown key "event"; did you mean events?
            """)
    void refusesWhatMakesNoSense(String webhooks, String reason) {
        assertThatThrownBy(() -> load("{\"webhooks\": " + webhooks + "}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("relay.json:1: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("change-me-0");
    }

    @Test
    void aStreamHasNumbersOfItsOwn() throws Exception {
        RelayRules rules =
                load("{\"alarmLossPercent\": 7, \"streams\": {\"a\": {\"alarmLossPercent\": 3}, \"b\": {}}}");
        assertThat(rules.number(RelaySetting.ALARM_LOSS_PERCENT, "a")).isEqualTo(3);
        assertThat(rules.number(RelaySetting.ALARM_LOSS_PERCENT, "b")).isEqualTo(7);
        assertThat(rules.number(RelaySetting.ALARM_LOSS_PERCENT, "c")).isEqualTo(7);
        assertThat(rules.number(RelaySetting.MAX_CONNECTIONS, "a")).isEqualTo(1000);
        assertThatThrownBy(() -> load("{\"streams\": {\"a\": {\"alarmLossPercent\": 101}}}"))
                .hasMessageContaining("stream a: alarmLossPercent: must be from 0 to 100");
        assertThatThrownBy(() -> load("{\"streams\": {\"a\": {\"alarmLossPercent\": \"3\"}}}"))
                .hasMessageContaining("must be a number");
    }

    private RelayRules load(String text) throws IOException {
        Path file = folder.resolve("relay.json");
        Files.writeString(file, text);
        return RelayRulesReader.read(file);
    }
}
