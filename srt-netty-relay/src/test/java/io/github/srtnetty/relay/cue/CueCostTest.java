// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cue;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of docs/relay-events.md; the bounds are for a machine that does much else. */
class CueCostTest {
    private final CueStream stream = new CueStream();
    private final CueFinder finder = new CueFinder(cue -> {});

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

    /** At paranoid it takes a thousand times as long as all else. */
    @BeforeEach
    void withoutLeakDetector() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void withLeakDetector() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void lookingForCuesCostsLittle() {
        finder.payload(stream.tables());
        ByteBuf video = stream.video();
        byte[] random = new byte[video.readableBytes()];
        new Random(1).nextBytes(random);
        double ts = nanosPerPayload(video);
        double other = nanosPerPayload(Unpooled.wrappedBuffer(random));
        video.release();
        finder.close();
        System.out.printf("looking for cues: %.0f ns a payload of MPEG-TS, %.0f ns of noise%n", ts, other);
        assertThat(ts).isLessThan(50_000);
        assertThat(other).isLessThan(500_000);
    }

    private double nanosPerPayload(ByteBuf payload) {
        double[] rounds = new double[20];
        int count = 2000;
        for (int round = 0; round < rounds.length; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                finder.payload(payload.retainedSlice());
            }
            rounds[round] = (System.nanoTime() - start) / (double) count;
        }
        Arrays.sort(rounds);
        return rounds[rounds.length / 2];
    }
}
