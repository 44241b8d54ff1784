// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What holds for every address: parsing and printing are inverse, and any text is a value or one typed failure. */
class SrtUriPropertyTest {
    private static final int CASES = 1000;
    private static final int MUTANTS = 5000;
    private static final List<String> HOSTS = List.of(
            "", "h", "example.org", "10.0.0.1", "::1", "fe80::1%eth0", "fe80::1%a-b.c", "::ffff:1.2.3.4", "grüße.de");
    private static final String CHARACTERS =
            "aZ09-._~!$'()*,;:@/?#=+[]&%\"<>^`{|}\\ é€\ud83d\ude00\u202e\u200b\u0085\n\t";
    private static final String MUTATIONS = "&=%?:/@[]#+-., 09azAZ\u0660\0\n\ud800\u202eé";
    private static final List<String> VALUES = List.of(
            "",
            "1",
            "-1",
            "1.5s",
            "9999999999999999999999s",
            "0x",
            "0xFFs",
            "%",
            "%4",
            "%C3%BC",
            "%FF",
            "%00",
            "caller",
            "listener",
            "[::1]:5",
            "::1",
            "file:",
            "env:",
            "env:HOME",
            "file:/proc/self/environ",
            "text:",
            "#!::r=a,b");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed(TestInfo test) {
        System.out.println(test.getDisplayName() + ": seed " + seed);
    }

    @Test
    void printedAddressesAreReadBack() {
        for (int i = 0; i < CASES; i++) {
            SrtUri uri = randomUri();

            assertThat(SrtUri.parse(uri.text()))
                    .as("seed %d: %s", seed, uri.text())
                    .isEqualTo(uri);
            assertThat(SrtUri.parse(uri.text()).text()).isEqualTo(uri.text());
        }
    }

    @Test
    void theTextForPeopleIsReadBack_whereNothingIsMasked() {
        for (int i = 0; i < CASES; i++) {
            SrtUri uri = randomUri();
            String shown = uri.toString();

            assertThat(shown.codePoints().allMatch(c -> c > ' ' && c != 0x7F))
                    .as("seed %d: %s", seed, shown)
                    .isTrue();
            if (!shown.contains("***")) {
                assertThat(shown).isEqualTo(uri.text());
                assertThat(SrtUri.parse(shown)).as("seed %d: %s", seed, shown).isEqualTo(uri);
            }
        }
    }

    @Tag("slow")
    @Test
    void anyTextIsAValueOrOneTypedFailure() {
        int read = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String text = mutated(random.nextBoolean() ? randomUri().text() : randomText());
            try {
                SrtUri uri = SrtUri.parse(text);
                read++;
                assertThat(SrtUri.parse(uri.text()))
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(uri);
            } catch (SrtSyntaxException e) {
                assertThat(e.position()).as("seed %d: %s", seed, text).isBetween(0, text.length());
                assertThat(e.getMessage()).as("seed %d: %s", seed, text).startsWith(SrtUri.masked(text) + ": ");
                assertThat(e.getMessage().chars().noneMatch(Character::isISOControl))
                        .isTrue();
            }
        }
        assertThat(read).isBetween(MUTANTS / 50, MUTANTS * 49 / 50);
    }

    private SrtUri randomUri() {
        SrtConnectionMode mode = pick(SrtConnectionMode.values());
        String host =
                mode == SrtConnectionMode.LISTENER ? pick("", "0.0.0.0", "::") : pick(HOSTS.toArray(new String[0]));
        if (mode != SrtConnectionMode.LISTENER && host.isEmpty()) {
            host = "h";
        }
        String text = "srt://" + (host.indexOf(':') >= 0 ? '[' + host.replace("%", "%25") + ']' : host) + ':'
                + (1 + random.nextInt(65535)) + "?mode=" + mode.name().toLowerCase(Locale.ROOT);
        if (random.nextInt(3) == 0) {
            text += "&adapter=" + pick(HOSTS.toArray(new String[0])).replace("%", "%25");
        }
        if (mode != SrtConnectionMode.LISTENER && random.nextInt(3) == 0) {
            text += "&port=" + random.nextInt(65536);
        }
        SrtUri uri = SrtUri.parse(text);
        for (int options = random.nextInt(6); options > 0; options--) {
            uri = withRandomOption(uri);
        }
        return uri;
    }

    private SrtUri withRandomOption(SrtUri uri) {
        return switch (random.nextInt(7)) {
            case 0 -> uri.with(SrtChannelOption.SRTO_STREAMID, randomText(0, 40));
            case 1 ->
                uri.with(SrtChannelOption.SRTO_PASSPHRASE, pick("", "file:", "env:", "text:") + randomText(10, 15));
            case 2 -> uri.with(SrtChannelOption.SRTO_LATENCY, random.nextInt(65536));
            case 3 -> uri.with(SrtChannelOption.SRTO_MAXBW, random.nextLong(Long.MAX_VALUE));
            case 4 -> uri.with(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.of(random.nextInt(2)));
            case 5 -> uri.with(SrtChannelOption.SRTO_TLPKTDROP, random.nextBoolean());
            default -> uri.with(SrtChannelOption.SRTO_PACKETFILTER, "fec,cols:10" + randomText(0, 5));
        };
    }

    private String randomText() {
        StringBuilder text = new StringBuilder(pick("srt://", "SRT://", "srt:/", "udp://", ""));
        text.append(pick("h:1", ":1", "[::1]:1", "u:p@h:1", "h", "h:1/", "[::1%25lo]:1"))
                .append('?');
        for (int pairs = random.nextInt(4); pairs > 0; pairs--) {
            text.append(pick(keys()))
                    .append('=')
                    .append(pick(VALUES.toArray(new String[0])))
                    .append('&');
        }
        return text.toString();
    }

    private String mutated(String text) {
        StringBuilder mutant = new StringBuilder(text);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(mutant.length() + 1);
            char c = MUTATIONS.charAt(random.nextInt(MUTATIONS.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutant.insert(at, c);
                case 1 -> mutant.replace(at, Math.min(at + 1, mutant.length()), String.valueOf(c));
                default -> mutant.delete(at, Math.min(at + 1 + random.nextInt(4), mutant.length()));
            }
        }
        return mutant.toString();
    }

    private String randomText(int least, int most) {
        int[] characters = CHARACTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int length = least + random.nextInt(most - least + 1); length > 0; length--) {
            text.appendCodePoint(pick(characters));
        }
        assertThat(text.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(512);
        return text.toString();
    }

    private int pick(int[] values) {
        return values[random.nextInt(values.length)];
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private static String[] keys() {
        return SrtOptions.all().stream()
                .map(SrtOption::uriKey)
                .collect(Collectors.toCollection(() -> new ArrayList<>(
                        List.of("mode", "adapter", "port", "bind", "blocking", "timeout", "tsbpd", "bogus"))))
                .toArray(new String[0]);
    }
}
