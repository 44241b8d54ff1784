// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Limits for the values in a peer's handshake, and the classic BPF program that drops a handshake beyond them.
 *
 * <p>An SRT packet as the kernel passes it to the filter of a UDP socket, in network byte order:
 *
 * <pre>
 *  0  UDP header                        8 bytes
 *  8  0x8000 (control, type handshake)  u16
 * 10  ...                               10 bytes of the SRT header
 * 20  destination socket id, 0 is the listener    u32
 * 24  version, encryption, extension, initial sequence number    12 bytes
 * 36  maximum segment size (MSS)        u32, bytes of an IP packet
 * 40  flow window                       u32, packets
 * 44  handshake type, socket id, cookie, peer IP                 28 bytes, up to 72
 * 72  extension blocks: type u16, length u16 in words, content
 * </pre>
 *
 * All other packets pass. A handshake of less than 48 bytes after the SRT header is dropped, because libsrt ignores it
 * anyway. An MSS below {@value #LEAST_MSS_OF_LIBSRT} passes: libsrt rejects it itself, and servers of other vendors may
 * leave the field empty in a rejection.
 *
 * <p>A block with the configuration of a packet filter ({@code SRT_CMD_FILTER}) passes only if {@code packetFilters} is
 * set and the block is not empty. For an empty configuration libsrt reads a part that does not exist, and the process
 * crashes. A listener without its own configuration allocates memory for the peer's columns and rows, up to gigabytes,
 * and then never releases a lock. A handshake with more than {@value #MOST_BLOCKS} blocks is dropped; libsrt sends at
 * most six.
 *
 * <p>A key response ({@code SRT_CMD_KMRSP}) to a listener is dropped, because libsrt accepts it instead of the
 * passphrase. A key request ({@code SRT_CMD_KMREQ}) to another socket is dropped, because libsrt then uses the keys of
 * a caller that is being closed, and crashes. In a rendezvous such requests are valid, so they pass if {@code
 * rendezvous} is set.
 *
 * <p>An induction or a rejection to a socket is truncated to {@value #BLOCKS_AT} bytes, because it needs no blocks. A
 * connected socket would read the blocks without a lock, and use its keys after another thread has closed the socket
 * and freed them.
 *
 * <p>A key message of more than {@value #KEY_WORDS} words and a group block of more than {@value #GROUP_WORDS} are
 * dropped, because libsrt copies both onto its stack without checking their length. The same limit applies to the key
 * messages that a connected peer sends as separate control packets ({@code UMSG_EXT}). If {@code keys} is not set, all
 * of these packets are dropped: libsrt reads them without a lock, and crashes when the socket is closed meanwhile.
 *
 * <p>During a flood, a random share of the conclusions to a listener is dropped, see {@link #program(double)}.
 *
 * <p>Acknowledgements with another size than libsrt's are dropped: libsrt accepts any sequence number in them, and then
 * encrypts and sends memory that was never written. An acknowledgement of the right size passes, because the filter
 * cannot check its sequence number.
 *
 * @param maxWindow the largest flow window that passes, in packets
 * @param minMss the smallest MSS that passes, in bytes
 * @param packetFilters whether a peer may send the configuration of a packet filter
 * @param rendezvous whether a local socket connects by rendezvous
 * @param keys whether a local socket has a passphrase, so that its peer may send a new key
 */
record HandshakeFilter(int maxWindow, int minMss, boolean packetFilters, boolean rendezvous, boolean keys) {
    /** {@code CHandShake::valid} rejects a smaller MSS. */
    static final int LEAST_MSS_OF_LIBSRT = 32;

    static final int INSTRUCTION_BYTES = 8;

    static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
    static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    static final int JUMP_GREATER = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    static final int JUMP_NOT_LESS = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    static final int RETURN = 0x06; // BPF_RET | BPF_K
    static final int JUMP = 0x05; // BPF_JMP | BPF_JA
    static final int LOAD_INDEX = 0x01; // BPF_LDX | BPF_W | BPF_IMM
    static final int LOAD_LENGTH = 0x80; // BPF_LD | BPF_W | BPF_LEN
    static final int LOAD_HALF_AT_INDEX = 0x48; // BPF_LD | BPF_H | BPF_IND
    static final int LOAD_WORD_AT_INDEX = 0x40; // BPF_LD | BPF_W | BPF_IND
    static final int LOAD_BYTE_AT_INDEX = 0x50; // BPF_LD | BPF_B | BPF_IND
    static final int JUMP_GREATER_INDEX = 0x2d; // BPF_JMP | BPF_JGT | BPF_X
    static final int SHIFT_LEFT = 0x64; // BPF_ALU | BPF_LSH | BPF_K
    static final int ADD = 0x04; // BPF_ALU | BPF_ADD | BPF_K
    static final int ADD_INDEX = 0x0c; // BPF_ALU | BPF_ADD | BPF_X
    static final int TO_INDEX = 0x07; // BPF_MISC | BPF_TAX

    /** {@code HCRYPT_MSG_KM_MAX_SZ}: header 16, salt 16, two keys of 32, check 8 bytes. */
    static final int KEY_WORDS = 26;

    /** {@code GRPD_E_SIZE}: one word with the group's id, and one with its type, flags and weight. */
    static final int GROUP_WORDS = 2;

    private static final int TYPE_AT = 8;
    private static final int SUBTYPE_AT = 10;
    private static final int DESTINATION_AT = 20;
    private static final int MSS_AT = 36;
    private static final int WINDOW_AT = 40;
    private static final int REQUEST_AT = 44;
    private static final int LAST_WORD_AT = 68;
    private static final int BLOCKS_AT = 72;
    private static final int FILTER_BLOCK = 7;
    private static final int KEY_REQUEST = 3;
    private static final int KEY_RESPONSE = 4;
    private static final int GROUP_BLOCK = 8;
    /** No block has this type. */
    private static final int NONE = -1;

    /**
     * Offset of the first character in a block. Words are sent with their bytes reversed, so it is the last byte of the
     * first word.
     */
    private static final int FIRST_CHARACTER_AT = 7;

    private static final int MOST_BLOCKS = 8;
    private static final int INSTRUCTIONS_PER_BLOCK = 23;
    private static final int SHEDDING_INSTRUCTIONS = 5;
    private static final int HANDSHAKE = 0x8000;
    /** The handshake type {@code URQ_CONCLUSION}. */
    private static final int CONCLUSION = -1;
    /** {@code SKF_AD_OFF + SKF_AD_RANDOM}: not an offset in the packet, but a random word. */
    private static final int RANDOM_AT = -0x1000 + 56;

    private static final int EXTENSION = 0xFFFF; // UMSG_EXT
    /** UDP header, SRT header and the longest key message. */
    private static final int LONGEST_KEY_PACKET = 8 + 16 + 4 * KEY_WORDS;

    private static final int ACKNOWLEDGEMENT = 0x8002;
    /** UDP header, SRT header and one word, the sequence number of the next packet. */
    private static final int SHORT_ACKNOWLEDGEMENT = 8 + 16 + 4;
    /** With at least four words: the sequence number, the round-trip time and its variance, the free buffer. */
    private static final int LEAST_ACKNOWLEDGEMENT = 8 + 16 + 4 * 4;
    /** With eight words, as sent by libsrt 1.0.2; later versions send seven. */
    private static final int LONGEST_ACKNOWLEDGEMENT = 8 + 16 + 4 * 8;

    private static final int WHOLE_PACKET = 0xFFFF;

    HandshakeFilter {
        if (maxWindow < 0 || minMss < 0) {
            throw new IllegalArgumentException("maxWindow=" + maxWindow + ", minMss=" + minMss);
        }
    }

    // Written out, because the JDK caches the generated method of a record, and so keeps the class loader.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HandshakeFilter that
                && maxWindow == that.maxWindow
                && minMss == that.minMss
                && packetFilters == that.packetFilters
                && rendezvous == that.rendezvous
                && keys == that.keys;
    }

    @Override
    public int hashCode() {
        return 31 * maxWindow + minMss;
    }

    /** Returns these limits, widened so that a peer may use the values that a local socket uses. */
    HandshakeFilter allowing(HandshakeFilter named) {
        HandshakeFilter wider = new HandshakeFilter(
                Math.max(maxWindow, named.maxWindow),
                Math.min(minMss, named.minMss),
                packetFilters || named.packetFilters,
                rendezvous || named.rendezvous,
                keys || named.keys);
        return wider.equals(this) ? this : wider;
    }

    /** Returns the program as an array of {@code struct sock_filter}, in a direct buffer that is ready for reading. */
    ByteBuffer program() {
        return program(1);
    }

    /**
     * Returns the program that passes a share of the conclusions to a listener and drops the others at random.
     *
     * @param share 0 (none) to 1 (all)
     */
    ByteBuffer program(double share) {
        boolean sheds = share < 1;
        Program program = new Program();
        addOtherPackets(program);
        program.add(LOAD_WORD, LAST_WORD_AT); // a load beyond the end drops the packet
        program.add(LOAD_WORD, WINDOW_AT);
        program.jump(JUMP_GREATER, maxWindow, 3, 0); // drop
        program.add(LOAD_WORD, MSS_AT);
        program.jump(JUMP_NOT_LESS, minMss, 2, 0);
        program.jump(JUMP_NOT_LESS, LEAST_MSS_OF_LIBSRT, 0, 1);
        program.add(RETURN, 0); // drop
        program.add(LOAD_WORD, DESTINATION_AT);
        program.jump(JUMP_EQUAL, 0, 1, 0); // a listener
        program.add(JUMP, instructionsOfBlocks() + (sheds ? SHEDDING_INSTRUCTIONS : 0));
        if (sheds) {
            addShedding(program, (int) (long) (share * (1L << Integer.SIZE)));
        }
        addBlocks(program, KEY_RESPONSE);
        program.add(LOAD_WORD, REQUEST_AT);
        program.jump(JUMP_GREATER, Integer.MAX_VALUE, 2, 0); // negative: a conclusion or an agreement
        program.jump(JUMP_EQUAL, 0, 1, 0); // the first packet of a rendezvous
        program.add(RETURN, BLOCKS_AT); // cut
        addBlocks(program, rendezvous ? NONE : KEY_REQUEST);
        return program.code.flip();
    }

    /** Adds the checks of other packets: key messages of connected peers, and acknowledgements. */
    private void addOtherPackets(Program program) {
        program.add(LOAD_HALF, TYPE_AT);
        program.jump(JUMP_EQUAL, HANDSHAKE, 12, 0);
        program.jump(JUMP_EQUAL, ACKNOWLEDGEMENT, 5, 0);
        program.jump(JUMP_EQUAL, EXTENSION, 0, 8); // pass
        program.add(LOAD_HALF, SUBTYPE_AT);
        program.jump(JUMP_NOT_LESS, KEY_REQUEST, 0, 6); // pass
        program.add(LOAD_LENGTH, 0);
        program.jump(JUMP_GREATER, keys ? LONGEST_KEY_PACKET : 0, 5, 4);
        program.add(LOAD_LENGTH, 0);
        program.jump(JUMP_EQUAL, SHORT_ACKNOWLEDGEMENT, 2, 0); // pass
        program.jump(JUMP_GREATER, LONGEST_ACKNOWLEDGEMENT, 2, 0); // drop
        program.jump(JUMP_NOT_LESS, LEAST_ACKNOWLEDGEMENT, 0, 1);
        program.add(RETURN, WHOLE_PACKET);
        program.add(RETURN, 0); // drop
    }

    /**
     * Adds the instructions that drop a conclusion unless a random number is below {@code bound}, which is unsigned.
     */
    private static void addShedding(Program program, int bound) {
        program.add(LOAD_WORD, REQUEST_AT);
        program.jump(JUMP_EQUAL, CONCLUSION, 0, 3); // pass
        program.add(LOAD_WORD, RANDOM_AT);
        program.jump(JUMP_NOT_LESS, bound, 0, 1);
        program.add(RETURN, 0); // drop
    }

    private int instructionsOfBlocks() {
        return 1 + MOST_BLOCKS * (packetFilters ? INSTRUCTIONS_PER_BLOCK : INSTRUCTIONS_PER_BLOCK - 2) + 4;
    }

    private void addBlocks(Program program, int forbidden) {
        program.add(LOAD_INDEX, BLOCKS_AT);
        for (int i = 0; i < MOST_BLOCKS; i++) {
            addBlock(program, forbidden);
        }
        program.add(LOAD_LENGTH, 0);
        program.jump(JUMP_GREATER_INDEX, 0, 1, 0);
        program.add(RETURN, WHOLE_PACKET);
        program.add(RETURN, 0); // more blocks
    }

    /**
     * Adds the check of one block: passes a packet that ends before the index, drops a forbidden block at the index,
     * and moves the index to the next block.
     */
    private void addBlock(Program program, int forbidden) {
        program.add(LOAD_LENGTH, 0);
        program.jump(JUMP_GREATER_INDEX, 0, 1, 0);
        program.add(RETURN, WHOLE_PACKET);
        program.add(LOAD_HALF_AT_INDEX, 0);
        program.jump(JUMP_EQUAL, forbidden, 0, 1);
        program.add(RETURN, 0); // drop
        program.jump(JUMP_EQUAL, FILTER_BLOCK, 0, packetFilters ? 3 : 1);
        if (packetFilters) {
            program.add(LOAD_BYTE_AT_INDEX, FIRST_CHARACTER_AT);
            program.jump(JUMP_EQUAL, 0, 0, 1);
        }
        program.add(RETURN, 0); // drop
        addBlockLengths(program);
        program.add(LOAD_HALF_AT_INDEX, 2);
        program.add(SHIFT_LEFT, 2); // words to bytes
        program.add(ADD, 4); // the header of the block
        program.add(ADD_INDEX, 0);
        program.add(TO_INDEX, 0);
    }

    /** Adds the check that drops a too long key message or group block; type and length are compared as one word. */
    private static void addBlockLengths(Program program) {
        program.add(LOAD_WORD_AT_INDEX, 0);
        program.jump(JUMP_GREATER, KEY_REQUEST << 16 | KEY_WORDS, 0, 6); // pass
        program.jump(JUMP_NOT_LESS, KEY_RESPONSE << 16, 0, 4); // drop
        program.jump(JUMP_GREATER, KEY_RESPONSE << 16 | KEY_WORDS, 0, 4); // pass
        program.jump(JUMP_NOT_LESS, KEY_RESPONSE + 1 << 16, 0, 2); // drop
        program.jump(JUMP_GREATER, GROUP_BLOCK << 16 | GROUP_WORDS, 0, 2); // pass
        program.jump(JUMP_NOT_LESS, GROUP_BLOCK + 1 << 16, 1, 0); // pass
        program.add(RETURN, 0); // drop
    }

    /** Writes {@code struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }}. */
    private static final class Program {
        private static final int MAX_INSTRUCTIONS = 45 + 2 * MOST_BLOCKS * INSTRUCTIONS_PER_BLOCK;

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
