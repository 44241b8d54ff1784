// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.json.Scte35Json;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A million broken cues: random bytes, flipped bits, cut ends. Whatever comes, the decoder answers with a section that
 * can be printed and built again, or with the one typed failure.
 */
@Tag("slow")
class FuzzTest {
    private static final int CASES = 250_000;
    private static final DecodeOptions CARELESS = DecodeOptions.STRICT
            .withBadCrc()
            .withTruncated()
            .withKey(1, Bytes.fromHex("0123456789ABCDEF").toArray())
            .withKey(3, Bytes.fromHex("0123456789ABCDEF").toArray());

    private final long seed = Long.getLong("srtnetty.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<byte[]> samples = Samples.cues().stream()
            .map(cue -> cue.bytes().toArray())
            .filter(bytes -> bytes.length > 14 && bytes.length < 700)
            .toList();

    @Test
    void survivesRandomBytes() {
        run("random bytes", sample -> {
            byte[] bytes = new byte[random.nextInt(14, 120)];
            random.nextBytes(bytes);
            bytes[1] = (byte) 0x30;
            bytes[2] = (byte) (bytes.length - 3);
            return bytes;
        });
    }

    @Test
    void survivesFlippedBits() {
        run("flipped bits", sample -> {
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                int bit = random.nextInt(sample.length * 8);
                sample[bit >>> 3] ^= (byte) (0x80 >>> (bit & 7));
            }
            return sample;
        });
    }

    @Test
    void survivesCutEnds() {
        run(
                "cut ends",
                sample -> Bytes.copyOf(sample, 0, random.nextInt(sample.length)).toArray());
    }

    @Test
    void survivesChangedLengthsWithARightCrc() {
        run("changed bytes, right CRC", sample -> {
            sample[random.nextInt(11, sample.length - 4)] = (byte) random.nextInt(256);
            int size = Math.min(sample.length, 3 + ((sample[1] & 0xF) << 8 | sample[2] & 0xFF));
            CueText.putInt(sample, size - 4, Bytes.of(sample).crc32Mpeg2(0, size - 4));
            return sample;
        });
    }

    @Test
    void survivesBrokenJson() {
        System.out.println("FuzzTest broken JSON: -Dsrtnetty.seed=" + seed);
        List<Samples.Cue> good = OracleTest.goodCues().stream()
                .filter(cue -> cue.bytes().length() < 700)
                .toList();
        String alphabet = "0123456789abcdefx{}[]\",:.-+eE\\\u00e9\uffff ";
        for (int i = 0; i < CASES / 10; i++) {
            SpliceInfoSection section =
                    SpliceInfoSection.decode(good.get(i % good.size()).bytes(), DecodeOptions.STRICT);
            StringBuilder json = new StringBuilder(new Scte35Json().withTicks().toJson(section));
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                json.setCharAt(random.nextInt(json.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(Scte35Json.parse(json.toString())).isNotNull();
            } catch (MalformedDataException expected) {
                assertThat(expected.field()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail("seed " + seed + ": " + json, e);
            }
        }
    }

    @Test
    void survivesMonstrousNumbersInJson() {
        for (String number : List.of("1e99999999999", "-1e-99999999999", "1E+999999999", "9".repeat(900))) {
            for (String key : List.of("pts_time", "pts_time_ticks", "command_type")) {
                String json = "{\"command\":{\"name\":\"Time Signal\",\"" + key + "\":" + number + "}}";
                assertThatThrownBy(() -> Scte35Json.parse(json)).isInstanceOf(MalformedDataException.class);
            }
        }
    }

    private void run(String what, UnaryOperator<byte[]> breaker) {
        System.out.println("FuzzTest " + what + ": -Dsrtnetty.seed=" + seed);
        int decoded = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes =
                    breaker.apply(samples.get(random.nextInt(samples.size())).clone());
            decoded += isDecoded(bytes, i) ? 1 : 0;
        }
        System.out.println("FuzzTest " + what + ": " + decoded + " of " + CASES + " decoded");
        assertThat(decoded).isLessThanOrEqualTo(CASES);
    }

    private boolean isDecoded(byte[] bytes, int number) {
        try {
            SpliceInfoSection section = SpliceInfoSection.decode(Bytes.of(bytes), CARELESS);
            if (number % 16 == 0) {
                use(section);
            }
            return true;
        } catch (MalformedDataException expected) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return fail(
                    "seed " + seed + ", case " + number + ": " + Bytes.of(bytes).hex(), e);
        }
    }

    /** Whatever was decoded can be printed, and built again into an equal cue. */
    private static void use(SpliceInfoSection section) {
        assertThat(new Scte35Json().withTicks().toJson(section)).isNotEmpty();
        assertThat(section.toString()).isNotEmpty();
        SpliceInfoSection again = section.toBuilder().build();
        assertThat(again.command()).isEqualTo(section.command());
        assertThat(again.descriptors()).isEqualTo(section.descriptors());
    }
}
