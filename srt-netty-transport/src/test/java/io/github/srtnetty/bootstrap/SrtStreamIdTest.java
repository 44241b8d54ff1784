// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtStreamIdTest {
    private static final String PARTS = "abcr==,,,#!:/?&%\\ \n\0\u202e\ud800é";

    @Test
    void readsAllStandardKeys_andKeepsOthers() {
        SrtStreamId id = SrtStreamId.parse("#!::u=admin,r=live/a=b,h=host,s=42,t=file,m=publish,x-own=1,y=");

        assertThat(id.user()).isEqualTo("admin");
        assertThat(id.resource()).isEqualTo("live/a=b");
        assertThat(id.host()).isEqualTo("host");
        assertThat(id.session()).isEqualTo("42");
        assertThat(id.type()).isEqualTo("file");
        assertThat(id.mode()).isEqualTo("publish");
        assertThat(id.get("x-own")).isEqualTo("1");
        assertThat(id.get("y")).isEmpty();
        assertThat(id.get("z")).isNull();
        assertThat(id).hasToString("#!::u=admin,r=live/a=b,h=host,s=42,t=file,m=publish,x-own=1,y=");
    }

    @Test
    void hasDefaults() {
        SrtStreamId id = SrtStreamId.parse("#!::");

        assertThat(id.values()).isEmpty();
        assertThat(id.type()).isEqualTo("stream");
        assertThat(id.mode()).isEqualTo("request");
        assertThat(id.user()).isNull();
        assertThat(id).isEqualTo(SrtStreamId.empty()).hasToString("#!::");
    }

    @Test
    void isBuiltKeyByKey() {
        SrtStreamId id =
                SrtStreamId.empty().with("r", "cam").with("m", "publish").with("r", "câm");

        assertThat(id).hasToString("#!::r=câm,m=publish").isEqualTo(SrtStreamId.parse("#!::m=publish,r=câm"));
        assertThat(id.values()).isEqualTo(Map.of("r", "câm", "m", "publish"));
        assertThat(id).hasSameHashCodeAs(SrtStreamId.parse("#!::m=publish,r=câm"));
        assertThat(SrtStreamId.isStandard("live/cam")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "live/cam | 0 | must start with #!::",
                "'' | 0 | must start with #!::",
                "#!::r | 4 | must be key=value",
                "#!::r=a,secret | 8 | must be key=value",
                "#!::=x | 4 | must be key=value",
                "#!::,,a,b=c | 6 | must be key=value",
                "#!::r=a,r=b | 8 | the key \"r\" is given twice"
            })
    void saysWhatIsWrongAndWhere_withoutTheId(String text, int position, String rule) {
        assertThatThrownBy(() -> SrtStreamId.parse(text))
                .isInstanceOfSatisfying(
                        SrtSyntaxException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessage("stream id, position " + position + ": " + rule);
        assertThat(SrtStreamId.tryParse(text)).isNull();
    }

    @Test
    void escapesAKeyInTheMessage() {
        assertThatThrownBy(() -> SrtStreamId.parse("#!::a\n2026 FORGED=1,a\n2026 FORGED=2"))
                .hasMessage("stream id, position 20: the key \"a\\n2026 FORGED\" is given twice");
        assertThatThrownBy(() -> SrtStreamId.empty().with("a\n=", "token"))
                .message()
                .contains("key \"a\\n=\"")
                .doesNotContain("token");
    }

    /** Any text: an id that is printed as it was read, or one typed failure. */
    @Test
    void isTotal_andInverseToItsPrinting() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            String text = random.nextInt(8) == 0 ? randomText(random) : "#!::" + randomText(random);
            SrtStreamId id = SrtStreamId.tryParse(text);
            if (id == null) {
                assertThatThrownBy(() -> SrtStreamId.parse(text))
                        .as("seed %d, text %s", seed, text)
                        .isInstanceOfSatisfying(
                                SrtSyntaxException.class,
                                e -> assertThat(e.position()).isBetween(0, text.length()));
            } else {
                assertThat(SrtStreamId.parse(id.toString()))
                        .as("seed %d, text %s", seed, text)
                        .isEqualTo(id)
                        .isEqualTo(SrtStreamId.parse(text));
            }
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            text.append(PARTS.charAt(random.nextInt(PARTS.length())));
        }
        return text.toString();
    }

    @Test
    void refusesWhatCannotBeSent() {
        SrtStreamId id = SrtStreamId.empty();

        assertThatThrownBy(() -> id.with("r", "a,b")).hasMessageContaining("have a comma");
        assertThatThrownBy(() -> id.with("a=b", "c")).hasMessageContaining("have an equals sign");
        assertThatThrownBy(() -> id.with("", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThat(id.with("r", "x".repeat(506)).toString()).hasSize(512);
        assertThatThrownBy(() -> id.with("r", "é".repeat(254))).hasMessageContaining("stream id of 514 bytes");
    }
}
