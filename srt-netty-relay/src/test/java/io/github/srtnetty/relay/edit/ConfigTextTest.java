// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text changes where a setting changes, and nowhere else. */
class ConfigTextTest {
    private static final String FILE = """
            // Who may publish.
            {
              "open": false, // for nobody
              "streams": {
                "a": {"publishToken": "t"}, // the first
                "b/c": {
                  "playToken": "p", /* why */ "alarmLossPercent": 5 // percent
                }
              },
              /* the end */ "maxConnections": 9
            }
            """;

    @Test
    void setsAddsAndRemovesSettings_betweenComments() throws Exception {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("playToken", "q,\"}//");
        settings.put("alarmLossPercent", 5L);
        settings.put("publishToken", "new");
        assertThat(text(FILE).with("b/c", settings))
                .hasToString(FILE.replace("\"p\"", "\"q,\\\"}//\"")
                        .replace("5 // percent", "5, \"publishToken\": \"new\" // percent"));
        assertThat(text(FILE).with("b/c", Map.of("alarmLossPercent", 5L)))
                .hasToString(FILE.replace("\"playToken\": \"p\", /*", "/*"));
        assertThat(text(FILE).with("b/c", Map.of("playToken", "p")))
                .hasToString(FILE.replace("\"p\", /* why */ \"alarmLossPercent\": 5 //", "\"p\" /* why */ //"));
        assertThat(text(FILE).with("a", Map.of())).hasToString(FILE.replace("{\"publishToken\": \"t\"}", "{}"));
    }

    @Test
    void addsAndRemovesStreams_inLinesOfTheirOwn() throws Exception {
        assertThat(text(FILE).with("d", Map.of("playToken", "p")))
                .hasToString(FILE.replace("    }\n  },", "    },\n    \"d\": {\"playToken\": \"p\"}\n  },"));
        assertThat(text(FILE).without("a"))
                .hasToString(FILE.replace("\"a\": {\"publishToken\": \"t\"}, // the", "// the"));
        assertThat(text(FILE).without("none")).hasToString(FILE);
        assertThat(text(FILE).without("a").without("b/c").streams()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                         | {~  "streams": {~    "x": {}~  }~}
            {"open": true}             | {"open": true, "streams": {~  "x": {}~}}
            {~  "open": true // yes~}  | {~  "open": true, // yes~  "streams": {~    "x": {}~  }~}
            {"streams": { }}           | {"streams": {~  "x": {} }}
            {"streams": {}, "a": 1}    | {"streams": {~  "x": {}~}, "a": 1}
            {"streams": {"y": {}}}     | {"streams": {"y": {}, "x": {}}}
            """)
    void listsTheFirstStream(String before, String after) throws Exception {
        assertThat(text(before.replace('~', '\n')).with("x", Map.of())).hasToString(after.replace('~', '\n'));
    }

    @Test
    void keepsLineEndsAndByteOrderMark_andRefusesOtherEncodings() throws Exception {
        String dos = "\uFEFF{\r\n  \"streams\": {\r\n    \"ä😀\": {}\r\n  }\r\n}\r\n";
        assertThat(text(dos).with("x", Map.of())).hasToString(dos.replace("{}\r\n", "{},\r\n    \"x\": {}\r\n"));
        assertThat(text(dos).without("ä😀").streams()).isEmpty();
        assertThatThrownBy(() -> ConfigText.of("{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(IOException.class);
        assertThat(ConfigText.of(FILE.getBytes(StandardCharsets.UTF_8)).toString())
                .doesNotContain("token");
    }

    private static Shown text(String text) throws IOException {
        return new Shown(ConfigText.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Shows the text, which the class itself does not. */
    private record Shown(ConfigText text) {
        Shown with(String name, Map<String, Object> settings) throws IOException {
            return new Shown(text.with(name, settings));
        }

        Shown without(String name) throws IOException {
            return new Shown(text.without(name));
        }

        Map<String, ?> streams() throws IOException {
            return text.streams();
        }

        @Override
        public String toString() {
            return new String(text.content(), StandardCharsets.UTF_8);
        }
    }
}
