// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.OracleTest;
import io.github.srtnetty.codec.scte35.Samples;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cue that can be decoded comes back from its JSON byte for byte. */
class JsonRoundTripTest {
    private static final int MUTATIONS = 40_000;
    private static final int GENERATED = 20_000;

    static List<Samples.Cue> cues() {
        return OracleTest.goodCues();
    }

    @ParameterizedTest
    @MethodSource("cues")
    void readsTheBytesThatItPrints(Samples.Cue cue) {
        assertComesBack(SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT), cue.id());
    }

    @Test
    void readsTheBytesThatItPrints_ofCuesWithAChangedByte() {
        long seed = 35;
        Random random = new Random(seed);
        List<Samples.Cue> cues = cues();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = cues.get(random.nextInt(cues.size())).bytes().toArray();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[3 + random.nextInt(bytes.length - 3)] = (byte) random.nextInt();
            }
            assertComesBackIfDecodable(bytes, "seed " + seed + ", round " + i);
        }
    }

    @Test
    void readsTheBytesThatItPrints_ofRandomCommandsAndDescriptors() {
        long seed = 104;
        Random random = new Random(seed);
        int[] commands = {0, 4, 5, 6, 7, 0xFF, 9};
        for (int i = 0; i < GENERATED; i++) {
            ByteBuffer body = ByteBuffer.allocate(600);
            int command = commands[random.nextInt(commands.length)];
            byte[] commandBytes = random(random, command == 0 || command == 7 ? 0 : command == 6 ? 5 : 20);
            body.put((byte) command).put(commandBytes);
            ByteBuffer loop = ByteBuffer.allocate(500);
            for (int n = random.nextInt(4); n > 0; n--) {
                byte[] content = random(random, random.nextInt(60));
                byte[] identifier = random.nextInt(4) == 0 ? random(random, 4) : new byte[] {'C', 'U', 'E', 'I'};
                loop.put((byte) random.nextInt(6)).put((byte) (4 + content.length));
                loop.put(identifier).put(content);
            }
            loop.flip();
            body.putShort((short) loop.remaining()).put(loop).put(random(random, random.nextInt(2) * 3));
            body.flip();
            byte[] bytes = new byte[13 + body.remaining() + 4];
            ByteBuffer.wrap(bytes)
                    .put((byte) 0xFC)
                    .putShort((short) (0x3000 | bytes.length - 3))
                    .put(random(random, 10))
                    .put(body);
            bytes[3] = 0;
            bytes[4] &= 0x01;
            bytes[11] = (byte) (bytes[11] & 0xF0);
            bytes[12] = (byte) commandBytes.length;
            assertComesBackIfDecodable(bytes, "seed " + seed + ", round " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/DA4AAAAAAAAAP/wBQb+AA27oAAiAg9DVUVJAAAAAX+/AAAwAQECD0NVRUkAAAACf78AADEBASBaWHU=",
                "/DAqAAAAAAAAAP/wBQb+AA27oAAUAghBQkNE3q2+7wAIQ1VFSQAAAAHqku6f",
                "/DATAAAAAAAAAP/wAAAAAP//SB/L5w==",
                "/DA3AAAAAAAAAP/wBQb+AA27oAAhAh9DVUVJAAAAAX+/EBAAESIzRFVmd4iZqrvM3e7/IgEBFiReGg==",
                "/DAnAAAAAAAAAP/wBQb+AA27oAARAg9DVUVJAAAAAX+/DAAiAQGRP2j5",
                "/DAnAAAAAAAAAP/wBQb+AA27oAARAg9DVUVJAAAAAX+/CAAiAQGxy+t6"
            })
    void readsTheBytesThatItPrints_ofReportedCues(String base64) {
        assertThat(Scte35Json.parse(new Scte35Json().toJson(SpliceInfoSection.fromBase64(base64)))
                        .toBase64())
                .isEqualTo(base64);
    }

    @Test
    void printsAllBytesOfAPrivateDescriptor() {
        SpliceInfoSection cue =
                SpliceInfoSection.fromBase64("/DAqAAAAAAAAAP/wBQb+AA27oAAUAghBQkNE3q2+7wAIQ1VFSQAAAAHqku6f");
        assertThat(new Scte35Json().toJson(cue)).contains("deadbeef");
        assertThat(new ThreefiveJson().lossOf(cue)).isPresent();
    }

    @Test
    void needsNoBytesOfTheSectionForAUsualCue() {
        SpliceInfoSection cue = SpliceInfoSection.fromBase64("/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==");
        assertThat(new Scte35Json().toJson(cue)).doesNotContain("bytes");
        assertThat(new ThreefiveJson().lossOf(cue)).isEmpty();
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void assertComesBackIfDecodable(byte[] bytes, String description) {
        int end = Math.min(bytes.length, 3 + ((bytes[1] & 0xF) << 8 | bytes[2] & 0xFF));
        ByteBuffer.wrap(bytes).putInt(end - 4, Crc32Mpeg2.of(bytes, 0, end - 4));
        SpliceInfoSection section;
        try {
            section = SpliceInfoSection.decode(Bytes.of(bytes), DecodeOptions.STRICT);
        } catch (MalformedDataException e) {
            return;
        }
        assertComesBack(section, description);
    }

    private static void assertComesBack(SpliceInfoSection section, String description) {
        for (Scte35Json form : List.of(new Scte35Json(), new Scte35Json().withTicks())) {
            String json = form.toJson(section);
            assertThat(Scte35Json.parse(json)).as("%s: %s", description, json).isEqualTo(section);
        }
    }
}
