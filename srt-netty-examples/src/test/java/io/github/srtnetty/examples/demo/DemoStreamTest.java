// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.github.srtnetty.codec.mpegts.PayloadCutter;
import io.github.srtnetty.codec.mpegts.PcrPayloads;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.Material;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoStreamTest {
    private static final int PACKET = 188;
    private static final int NULL_PID = 0x1FFF;
    private static final long MICROSECOND = TimeUnit.MICROSECONDS.toNanos(1);

    private final byte[] stream;

    DemoStreamTest() throws IOException {
        stream = Material.joined(Material.payloads(2));
    }

    @Test
    void isAlignedAndContinuous() {
        Map<Integer, Integer> counters = new HashMap<>();
        for (int at = 0; at < stream.length; at += PACKET) {
            assertThat(stream[at]).isEqualTo((byte) 0x47);
            int pid = pidAt(at);
            int counter = stream[at + 3] & 0xF;
            if (pid != NULL_PID) {
                assertThat(counter).isEqualTo((counters.getOrDefault(pid, 15) + 1) % 16);
            }
            counters.put(pid, counter);
        }
        assertThat(counters).containsOnlyKeys(0, 0x100, 0x101, 0x102, NULL_PID);
    }

    @Test
    void hasTablesWithTheirCrc() {
        List<Integer> tables = new ArrayList<>();
        for (int at = 0; at < stream.length; at += PACKET) {
            if (pidAt(at) <= 0x100) {
                int length = 3 + ((stream[at + 6] & 0xF) << 8 | stream[at + 7] & 0xFF);
                assertThat(Crc32Mpeg2.of(stream, at + 5, length)).isZero();
                tables.add((int) stream[at + 5]);
            }
        }
        assertThat(tables).contains(0, 2).hasSizeGreaterThan(30);
    }

    @Test
    void goesAtFourMegabitsASecond_byTheRateAndByItsClock() throws Exception {
        TimedPayloads byClock = new PcrPayloads(
                PayloadCutter.probing(new ByteArrayInputStream(stream), TimedPayloads.TS_PAYLOAD_BYTES));
        TimedPayloads byRate = Material.streamOf(2);
        for (var due = byRate.next(); due != null; due = byRate.next()) {
            var same = byClock.next();
            assertThat(same).isNotNull();
            assertThat(same.bytes()).isEqualTo(due.bytes());
            assertThat(same.dueNanos() - due.dueNanos()).isBetween(-MICROSECOND, MICROSECOND);
        }
        assertThat(byClock.next()).isNull();
    }

    private int pidAt(int at) {
        return (stream[at + 1] & 0x1F) << 8 | stream[at + 2] & 0xFF;
    }
}
