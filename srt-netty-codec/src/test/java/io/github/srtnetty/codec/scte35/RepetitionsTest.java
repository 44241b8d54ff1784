// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private final Repetitions repetitions = new Repetitions(10_000);

    @Test
    void countsEachSectionByItself_alsoWithTheSameCrc() {
        Bytes first = Bytes.fromHex("fc3005000111223344");
        Bytes second = Bytes.fromHex("fc3005000211223344");

        assertThat(count(first, 0)).isZero();
        assertThat(count(second, 0)).isZero();
        assertThat(count(Bytes.fromHex(first.hex()), 0)).isEqualTo(1);
        assertThat(count(first, 0)).isEqualTo(2);
        assertThat(count(second, 0)).isEqualTo(1);
    }

    @Test
    void countsAnew_whenTheWindowIsOver() {
        assertThat(count(section(1), 0)).isZero();
        assertThat(count(section(1), 900_000)).isEqualTo(1);
        assertThat(count(section(1), 1_800_001)).isZero();
    }

    @Test
    void remembersTheLast64() {
        for (int i = 0; i < 65; i++) {
            count(section(i), 0);
        }

        assertThat(count(section(1), 0)).isEqualTo(1);
        assertThat(count(section(0), 0)).isZero();
    }

    @Test
    void holdsNoSection() {
        WeakReference<Bytes> counted = countOne();

        assertThat(isFreed(counted)).isTrue();
        assertThat(count(section(1), 0)).isEqualTo(1);
        Reference.reachabilityFence(repetitions);
    }

    private WeakReference<Bytes> countOne() {
        Bytes section = section(1);
        count(section, 0);
        return new WeakReference<>(section);
    }

    private static boolean isFreed(WeakReference<?> reference) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!reference.refersTo(null) && System.nanoTime() < end) {
            System.gc();
        }
        return reference.refersTo(null);
    }

    private long count(Bytes section, long pts90k) {
        return repetitions.count(section, OptionalLong.of(pts90k), 0);
    }

    private static Bytes section(int number) {
        return Bytes.fromHex("fc3005%04x11223344".formatted(number));
    }
}
