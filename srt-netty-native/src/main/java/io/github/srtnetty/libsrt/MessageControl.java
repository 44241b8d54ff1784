// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code SRT_MSGCTRL}: the metadata of a message. A view of 48 bytes of native memory, which one thread reuses:
 *
 * <pre>
 * int flags; int msgttl; int inorder; int boundary; int64 srctime; int32 pktseq; int32 msgno;
 * SRT_SOCKGROUPDATA* grpdata; size_t grpdata_size;
 * </pre>
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class MessageControl {
    static final int BYTES = 48;
    static final int MSGTTL = 4;
    static final int INORDER = 8;
    static final int SRCTIME = 16;
    static final int PKTSEQ = 24;
    static final int MSGNO = 28;

    private static final int NONE = -1;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
    private final long address = Pointer.nativeValue(Native.getDirectBufferPointer(memory));

    /** Creates a control with the default values ({@code srt_msgctrl_default}). */
    public MessageControl() {
        reset();
    }

    /** Resets all fields to {@code srt_msgctrl_default}. Needed before each send, because libsrt writes into them. */
    public MessageControl reset() {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            memory.putLong(i, 0);
        }
        memory.putInt(MSGTTL, NONE).putInt(PKTSEQ, NONE).putInt(MSGNO, NONE);
        return this;
    }

    /** Sets the time in milliseconds after which the sender drops the message; -1: never. */
    public MessageControl timeToLiveMillis(int millis) {
        memory.putInt(MSGTTL, millis);
        return this;
    }

    /** Returns the time to live in milliseconds; -1: none. */
    public int timeToLiveMillis() {
        return memory.getInt(MSGTTL);
    }

    /** Sets whether the peer delivers the message only after all earlier ones (file mode with messages). */
    public MessageControl inOrder(boolean inOrder) {
        memory.putInt(INORDER, inOrder ? 1 : 0);
        return this;
    }

    /** Sets the source time in microseconds of {@link Srt#timeNowMicros}; 0: now. Live mode only. */
    public MessageControl sourceTimeMicros(long micros) {
        memory.putLong(SRCTIME, micros);
        return this;
    }

    /** Returns the source time in microseconds. */
    public long sourceTimeMicros() {
        return memory.getLong(SRCTIME);
    }

    /** Returns the sequence number of the message's last packet, 31 bits. */
    public int packetSequence() {
        return memory.getInt(PKTSEQ);
    }

    /** Returns the message number: 26 bits, from 1. */
    public int messageNumber() {
        return memory.getInt(MSGNO);
    }

    long address() {
        return address;
    }
}
