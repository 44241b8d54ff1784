// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtStreamIdTest {
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
                "live/cam | must start with #!::",
                "'' | must start with #!::",
                "#!::r | \"r\" is not key=value",
                "#!::=x | \"=x\" is not key=value",
                "#!::r=a,r=b | the key r is given twice"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> SrtStreamId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stream id \"" + text + "\"")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatCannotBeSent() {
        SrtStreamId id = SrtStreamId.empty();

        assertThatThrownBy(() -> id.with("r", "a,b")).hasMessageContaining("has a comma");
        assertThatThrownBy(() -> id.with("a=b", "c")).hasMessageContaining("equals sign");
        assertThatThrownBy(() -> id.with("", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThat(id.with("r", "x".repeat(506)).toString()).hasSize(512);
        assertThatThrownBy(() -> id.with("r", "é".repeat(254))).hasMessageContaining("stream id of 514 bytes");
    }
}
