// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Limits for what a peer names in its handshake, and the classic BPF program that drops a handshake beyond them.
 *
 * <p>An SRT packet as the kernel shows it to the filter of a UDP socket, in network byte order:
 *
 * <pre>
 *  0  UDP header                        8 bytes
 *  8  0x8000 (control, type handshake)  u16
 * 10  ...                               14 bytes of the SRT header
 * 24  version, encryption, extension, initial sequence number    12 bytes
 * 36  maximum segment size (MSS)        u32, bytes of an IP packet
 * 40  flow window                       u32, packets
 * 44  handshake type, socket id, cookie, peer IP                 28 bytes, up to 72
 * </pre>
 *
 * All other packets pass. A handshake of less than 48 bytes after the SRT header is dropped, as libsrt ignores it too. An MSS below
 * {@value #LEAST_MSS_OF_LIBSRT} passes: libsrt rejects it itself, and a foreign server may leave the field empty when it rejects.
 *
 * @param maxWindow the largest flow window that passes, in packets
 * @param minMss the smallest MSS that passes, in bytes
 */
record HandshakeFilter(int maxWindow, int minMss) {
    /** {@code CHandShake::valid} rejects less. */
    static final int LEAST_MSS_OF_LIBSRT = 32;

    static final int INSTRUCTION_BYTES = 8;

    static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
    static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    static final int JUMP_GREATER = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    static final int JUMP_NOT_LESS = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    static final int RETURN = 0x06; // BPF_RET | BPF_K

    private static final int TYPE_AT = 8;
    private static final int MSS_AT = 36;
    private static final int WINDOW_AT = 40;
    private static final int LAST_WORD_AT = 68;
    private static final int HANDSHAKE = 0x8000;
    private static final int WHOLE_PACKET = 0xFFFF;

    HandshakeFilter {
        if (maxWindow < 0 || minMss < 0) {
            throw new IllegalArgumentException("maxWindow=" + maxWindow + ", minMss=" + minMss);
        }
    }

    /** Returns these limits, widened so that a peer may name what a socket of ours names. */
    HandshakeFilter allowing(int window, int mss) {
        return window <= maxWindow && mss >= minMss
                ? this
                : new HandshakeFilter(Math.max(maxWindow, window), Math.min(minMss, mss));
    }

    /** Returns the program as an array of {@code struct sock_filter}, in a direct buffer that is ready to be read. */
    ByteBuffer program() {
        Program program = new Program();
        program.add(LOAD_HALF, TYPE_AT);
        program.jump(JUMP_EQUAL, HANDSHAKE, 0, 7); // else: pass
        program.add(LOAD_WORD, LAST_WORD_AT); // a load beyond the end drops the packet
        program.add(LOAD_WORD, WINDOW_AT);
        program.jump(JUMP_GREATER, maxWindow, 3, 0); // drop
        program.add(LOAD_WORD, MSS_AT);
        program.jump(JUMP_NOT_LESS, minMss, 2, 0); // pass
        program.jump(JUMP_NOT_LESS, LEAST_MSS_OF_LIBSRT, 0, 1); // else: pass
        program.add(RETURN, 0); // drop
        program.add(RETURN, WHOLE_PACKET); // pass
        return program.code.flip();
    }

    /** Writes {@code struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }}. */
    private static final class Program {
        private static final int MAX_INSTRUCTIONS = 16;

        private final ByteBuffer code =
                ByteBuffer.allocateDirect(MAX_INSTRUCTIONS * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());

        void add(int operation, int operand) {
            jump(operation, operand, 0, 0);
        }

        /** Skips {@code ifTrue} or {@code ifFalse} instructions. */
        void jump(int operation, int operand, int ifTrue, int ifFalse) {
            code.putShort((short) operation)
                    .put((byte) ifTrue)
                    .put((byte) ifFalse)
                    .putInt(operand);
        }
    }
}
