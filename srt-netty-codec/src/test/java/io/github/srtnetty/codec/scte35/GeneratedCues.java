// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Cues of all sorts for tests that hold of every cue: each with its name, so that a failure can be repeated. */
public final class GeneratedCues {
    private static final int[] COMMANDS = {0, 4, 5, 6, 7, 0xFF, 9};

    private GeneratedCues() {}

    /** Passes the sound cues of the test resources. */
    public static void ofSamples(BiConsumer<SpliceInfoSection, String> test) {
        OracleTest.goodCues()
                .forEach(cue -> test.accept(SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT), cue.id()));
    }

    /** Passes what can be decoded of {@code rounds} sound cues in which one to three bytes are changed. */
    public static void mutated(int rounds, long seed, BiConsumer<SpliceInfoSection, String> test) {
        Random random = new Random(seed);
        List<Samples.Cue> cues = OracleTest.goodCues();
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = cues.get(random.nextInt(cues.size())).bytes().toArray();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[3 + random.nextInt(bytes.length - 3)] = (byte) random.nextInt();
            }
            ifDecodable(bytes, "mutated, seed " + seed + ", round " + i, test);
        }
    }

    /** Passes what can be decoded of {@code rounds} sections of random commands and descriptors. */
    public static void random(int rounds, long seed, BiConsumer<SpliceInfoSection, String> test) {
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            ByteBuffer body = ByteBuffer.allocate(600);
            int command = COMMANDS[random.nextInt(COMMANDS.length)];
            byte[] commandBytes = bytes(random, command == 0 || command == 7 ? 0 : command == 6 ? 5 : 20);
            body.put((byte) command).put(commandBytes);
            ByteBuffer loop = ByteBuffer.allocate(500);
            for (int n = random.nextInt(4); n > 0; n--) {
                byte[] content = bytes(random, random.nextInt(60));
                byte[] identifier = random.nextInt(4) == 0 ? bytes(random, 4) : new byte[] {'C', 'U', 'E', 'I'};
                loop.put((byte) random.nextInt(6)).put((byte) (4 + content.length));
                loop.put(identifier).put(content);
            }
            loop.flip();
            body.putShort((short) loop.remaining()).put(loop).put(bytes(random, random.nextInt(2) * 3));
            body.flip();
            byte[] bytes = new byte[13 + body.remaining() + 4];
            ByteBuffer.wrap(bytes)
                    .put((byte) 0xFC)
                    .putShort((short) (0x3000 | bytes.length - 3))
                    .put(bytes(random, 10))
                    .put(body);
            bytes[3] = 0;
            bytes[4] &= 0x01;
            bytes[11] = (byte) (bytes[11] & 0xF0);
            bytes[12] = (byte) commandBytes.length;
            ifDecodable(bytes, "random, seed " + seed + ", round " + i, test);
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void ifDecodable(byte[] bytes, String name, BiConsumer<SpliceInfoSection, String> test) {
        int end = Math.min(bytes.length, 3 + ((bytes[1] & 0xF) << 8 | bytes[2] & 0xFF));
        ByteBuffer.wrap(bytes).putInt(end - 4, Crc32Mpeg2.of(bytes, 0, end - 4));
        SpliceInfoSection section;
        try {
            section = SpliceInfoSection.decode(Bytes.of(bytes), DecodeOptions.STRICT);
        } catch (MalformedDataException e) {
            return;
        }
        test.accept(section, name);
    }
}
