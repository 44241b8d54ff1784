// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A stream without errors, one packet a millisecond, in which a test changes something. A PAT and a PMT every 100 ms, a
 * PCR every 20 ms, a PTS every 40 ms; counters are set at the end, so that what is taken out is not missing.
 */
final class Multiplex {
    static final int PMT_PID = 0x1000;
    static final int VIDEO = 0x100;
    static final int AUDIO = 0x101;
    static final int SPLICE = 0x102;
    static final int PROGRAM = 7;
    static final long TICKS_PER_MILLI = 27_000;
    /** 188 bytes a millisecond. */
    static final long BIT_RATE = 188 * 8 * 1000;

    private final List<Slot> slots = new ArrayList<>();
    private final int[] counters = new int[TsPacket.PID_COUNT];

    private record Slot(int pid, boolean payload, Consumer<TsPacketBuilder> fields) {}

    Multiplex(int millis) {
        for (int i = 0; i < millis; i++) {
            slots.add(nullPacket());
        }
        every(100, 1, this::pat);
        every(100, 2, this::pmt);
        every(20, 0, at -> video(at, at * TICKS_PER_MILLI));
        every(40, 5, this::audio);
    }

    int millis() {
        return slots.size();
    }

    Multiplex every(int millis, int from, IntConsumer put) {
        IntStream.iterate(from, at -> at < slots.size(), at -> at + millis).forEach(put);
        return this;
    }

    void pat(int at) {
        section(
                at,
                Pat.PID,
                new Pat(1, 0, List.of(new Pat.Program(PROGRAM, PMT_PID)))
                        .encode()
                        .get(0));
    }

    void pmt(int at) {
        section(at, PMT_PID, table().encode());
    }

    static Pmt table() {
        Descriptor cuei = new RegistrationDescriptor(RegistrationDescriptor.CUEI);
        return new Pmt(
                PROGRAM,
                0,
                VIDEO,
                List.of(cuei),
                List.of(
                        new Pmt.Stream(StreamType.AVC, VIDEO, List.of()),
                        new Pmt.Stream(StreamType.AAC_ADTS, AUDIO, List.of()),
                        new Pmt.Stream(StreamType.SCTE35, SPLICE, List.of())));
    }

    void video(int at, long pcr27M) {
        boolean start = at % 40 == 0;
        byte[] payload = start ? pes(at * 90L) : TsBytes.filled(170, at);
        put(
                at,
                VIDEO,
                true,
                packet -> packet.pcr27M(pcr27M).payloadUnitStartIndicator(start).payload(payload));
    }

    void audio(int at) {
        put(at, AUDIO, true, packet -> packet.payloadUnitStartIndicator(true).payload(pes(at * 90L)));
    }

    void section(int at, int pid, byte[] section) {
        byte[] payload = TsBytes.filled(184, 0xFF);
        payload[0] = 0;
        System.arraycopy(section, 0, payload, 1, section.length);
        put(at, pid, true, packet -> packet.payloadUnitStartIndicator(true).payload(payload));
    }

    Multiplex put(int at, int pid, boolean payload, Consumer<TsPacketBuilder> fields) {
        slots.set(at, new Slot(pid, payload, fields));
        return this;
    }

    Multiplex payload(int at, int pid) {
        return put(at, pid, true, packet -> packet.payload(TsBytes.filled(184, at)));
    }

    /** Changes the packet at a time. */
    Multiplex change(int at, Consumer<TsPacketBuilder> more) {
        Slot slot = slots.get(at);
        return put(at, slot.pid, slot.payload, slot.fields.andThen(more));
    }

    /** Takes out the packets of a PID in a time. */
    Multiplex without(int pid, int from, int to) {
        for (int at = from; at < to; at++) {
            if (slots.get(at).pid == pid) {
                slots.set(at, nullPacket());
            }
        }
        return this;
    }

    private static Slot nullPacket() {
        return new Slot(TsPacket.NULL_PID, true, packet -> packet.payload(new byte[184]));
    }

    byte[] bytes() {
        return bytes(at -> true);
    }

    /** Returns the packets with their counters, without those that the network loses. */
    byte[] bytes(IntPredicate arrives) {
        ByteBuf out = Unpooled.buffer(slots.size() * TsPacket.SIZE);
        for (int at = 0; at < slots.size(); at++) {
            Slot slot = slots.get(at);
            int counter = slot.payload ? counters[slot.pid]++ : counters[slot.pid] - 1;
            TsPacketBuilder packet = new TsPacketBuilder().pid(slot.pid).continuityCounter(counter);
            slot.fields.accept(packet);
            if (arrives.test(at)) {
                packet.writeTo(out);
            }
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    static byte[] pes(long pts90k) {
        byte[] pes = new byte[150];
        pes[2] = 1;
        pes[3] = (byte) 0xE0;
        pes[6] = (byte) 0x80;
        pes[7] = (byte) 0x80;
        pes[8] = 5;
        pes[9] = (byte) (0x21 | pts90k >>> 29 & 0x0E);
        pes[10] = (byte) (pts90k >>> 22);
        pes[11] = (byte) (pts90k >>> 14 | 1);
        pes[12] = (byte) (pts90k >>> 7);
        pes[13] = (byte) (pts90k << 1 | 1);
        return pes;
    }
}
