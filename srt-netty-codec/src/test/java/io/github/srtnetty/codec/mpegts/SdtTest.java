// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SdtTest {
    @Test
    void readsNames_inTheCharacterTableThatTheyName() {
        byte[] utf8 = "\u0015Stra\u00dfe".getBytes(StandardCharsets.UTF_8);
        int[] body = new int[3 + 5 + 5 + utf8.length + 2];
        int[] head = {0, 1, 0xFF, 0, 7, 0xFF, 0x80, 5 + utf8.length + 2, 0x48, 3 + utf8.length + 2, 1, 2, 'M', 'e'};
        System.arraycopy(head, 0, body, 0, head.length);
        body[head.length] = utf8.length;
        for (int i = 0; i < utf8.length; i++) {
            body[head.length + 1 + i] = utf8[i];
        }

        Sdt sdt = Sdt.decode(section(body));

        assertThat(sdt).isEqualTo(new Sdt(0x100, List.of(new Sdt.Service(7, 1, "Me", "Stra\u00dfe"))));
    }

    @Test
    void rejectsLengthsThatLeadOut_andOtherTables() {
        assertThatThrownBy(() -> Sdt.decode(section(0, 1, 0xFF, 0, 7, 0xFF, 0x80, 3, 0x48)))
                .isInstanceOf(MalformedDataException.class);
        assertThatThrownBy(() -> Sdt.decode(section(0, 1, 0xFF, 0, 7, 0xFF, 0x80, 3, 0x48, 1, 1)))
                .isInstanceOf(MalformedDataException.class);
        assertThatThrownBy(() -> Sdt.decode(Section.of(0x11, 0, Tr101290TablesTest.sdt(0x46))))
                .isInstanceOf(MalformedDataException.class);
    }

    @Test
    void throwsNothingElse_whateverTheBytes() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            int[] body = random.ints(random.nextInt(40), 0, 32).toArray();
            for (int at = 8; at < body.length; at += 9) {
                body[at] = 0x48;
            }
            try {
                Sdt.decode(section(body));
            } catch (MalformedDataException e) {
                assertThat(e.field()).isNotEmpty();
            }
        }
    }

    private static Section section(int... body) {
        return Section.of(Sdt.PID, 0, Tr101290TablesTest.sdt(0x42, body));
    }
}
