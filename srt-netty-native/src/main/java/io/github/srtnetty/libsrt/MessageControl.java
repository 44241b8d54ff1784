// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code SRT_MSGCTRL}: what goes with a message besides its bytes. A view of 48 bytes of native memory, to be used
 * again and again by one thread:
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

    /** Creates one with the default values. */
    public MessageControl() {
        reset();
    }

    /** Sets {@code srt_msgctrl_default}; needed before each send, as libsrt writes into it. */
    public MessageControl reset() {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            memory.putLong(i, 0);
        }
        memory.putInt(MSGTTL, NONE).putInt(PKTSEQ, NONE).putInt(MSGNO, NONE);
        return this;
    }

    /** Sets after how many milliseconds the sender gives the message up; -1: never. */
    public MessageControl timeToLiveMillis(int millis) {
        memory.putInt(MSGTTL, millis);
        return this;
    }

    /** Returns the time to live in milliseconds, -1 for none. */
    public int timeToLiveMillis() {
        return memory.getInt(MSGTTL);
    }

    /** Sets whether the message may not overtake others (file mode with messages). */
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

    /** Returns the message's number, 26 bits from 1. */
    public int messageNumber() {
        return memory.getInt(MSGNO);
    }

    long address() {
        return address;
    }
}
