// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PcrPayloadsTest {
    private static final long MILLISECOND = 27_000;
    private static final long WRAP = (1L << 33) * 300;
    private static final Offset<Double> TWO_MILLIS = Offset.offset(2.0);

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    @Test
    void spreadsTheBytesBetweenTwoClockReferences() throws IOException {
        clock(0).filler(6).clock(100).filler(6).clock(300).filler(6);

        assertThat(dueMillis()).satisfiesExactly(at(0), at(100), at(300));
    }

    @Test
    void goesOnWhereTheClockWraps() throws IOException {
        clock(WRAP / MILLISECOND - 50).filler(6).clock(50).filler(6).clock(150).filler(6);

        assertThat(dueMillis()).satisfiesExactly(at(0), at(100), at(200));
    }

    @Test
    void keepsTheRateWhereTheClockJumps() throws IOException {
        clock(0).filler(6)
                .clock(100)
                .filler(6)
                .clock(90_000_000)
                .filler(6)
                .clock(90_000_100)
                .filler(6);

        assertThat(dueMillis()).satisfiesExactly(at(0), at(100), at(200), at(300));
    }

    @Test
    void sendsWhatStandsBeforeTheFirstReferenceAtItsRate() throws IOException {
        filler(7).clock(0).filler(6).clock(100).filler(6);

        assertThat(dueMillis()).satisfiesExactly(at(0), at(100), at(200));
    }

    @Test
    void findsThePacketsBehindACutOne() throws IOException {
        stream.write(new byte[100]);
        clock(0).filler(6).clock(100).filler(6);
        PcrPayloads payloads = payloads();

        assertThat(payloads.next().bytes()).hasSize(100);
        assertThat(payloads.next().bytes()).hasSize(1316).startsWith(0x47);
    }

    @Test
    void failsWithTheReason_whereThereIsNoClock() throws IOException {
        filler(70);
        assertThatThrownBy(() -> payloads().next())
                .isInstanceOf(IOException.class)
                .hasMessage("the stream has no clock: no program clock reference (PCR) in its first 13160 bytes;"
                        + " send it at a bit rate, or at full speed");

        clock(5);
        assertThatThrownBy(() -> payloads().next())
                .hasMessageContaining("only one program clock reference (PCR) in its first 13348 bytes");
    }

    @Test
    void findsThatThereIsNoClock_withoutReadingAllOfALongStream() throws IOException {
        filler(25_000);
        ByteArrayInputStream in = new ByteArrayInputStream(stream.toByteArray());
        PcrPayloads payloads = PcrPayloads.open(in, TimedPayloads.TS_PAYLOAD_BYTES);

        assertThatThrownBy(payloads::next).hasMessageContaining("no program clock reference");
        assertThat(stream.size() - in.available()).isBetween(4 << 20, (4 << 20) + 3 * 1316);
    }

    @Test
    void refusesWhatIsNoTransportStream() {
        assertThatThrownBy(() -> PcrPayloads.open(new ByteArrayInputStream(new byte[5000]), 1316))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no MPEG transport stream");
    }

    private static ThrowingConsumer<Double> at(double millis) {
        return due -> assertThat(due).isCloseTo(millis, TWO_MILLIS);
    }

    private List<Double> dueMillis() throws IOException {
        List<Double> due = new ArrayList<>();
        PcrPayloads payloads = payloads();
        for (var payload = payloads.next(); payload != null; payload = payloads.next()) {
            due.add(payload.dueNanos() / 1e6);
        }
        return due;
    }

    private PcrPayloads payloads() throws IOException {
        return new PcrPayloads(
                PayloadCutter.probing(new ByteArrayInputStream(stream.toByteArray()), TimedPayloads.TS_PAYLOAD_BYTES));
    }

    private PcrPayloadsTest clock(long millis) {
        long ticks = millis * MILLISECOND;
        ByteBuffer packet = ByteBuffer.allocate(188)
                .put((byte) 0x47)
                .putShort((short) 0x101)
                .put((byte) 0x20);
        packet.put((byte) 183).put((byte) 0x10); // adaptation_field_length, PCR_flag
        packet.putInt((int) (ticks / 300 >>> 1)).putShort((short) ((ticks / 300 & 1) << 15 | 0x7E00 | ticks % 300));
        stream.writeBytes(packet.array());
        return this;
    }

    private PcrPayloadsTest filler(int packets) {
        for (int i = 0; i < packets; i++) {
            stream.writeBytes(ByteBuffer.allocate(188).putInt(0x471FFF10).array());
        }
        return this;
    }
}
