// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks;

import io.github.srtnetty.codec.mpegts.TsPacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What {@code ContinuityChecker} does for packets without an adaptation field, on a bare array and nothing around it.
 */
final class BareLoop {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final long[] last = new long[TsPacket.PID_COUNT];
    private long lostPackets;

    long lostPackets() {
        return lostPackets;
    }

    void check(byte[] datagram) {
        for (int i = 0; i < datagram.length; i += TsPacket.SIZE) {
            int header = (int) INT.get(datagram, i);
            if (header >>> 24 != TsPacket.SYNC_BYTE) {
                return;
            }
            int pid = header >>> 8 & 0x1FFF;
            if (pid == TsPacket.NULL_PID || (header & 0x80_0030) != 0x10) {
                continue;
            }
            long before = last[pid];
            last[pid] = (long) (int) INT.get(datagram, i + 14) << 32 | header & 0xFFFF_FFFFL;
            if (before != 0 && (before + 1 & 0xF) != (header & 0xF)) {
                lostPackets += header - before - 1 & 0xF;
            }
        }
    }
}
