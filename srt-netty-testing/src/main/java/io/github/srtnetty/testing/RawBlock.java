// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An extension block of a handshake: its type and its content as on the wire, which is padded to whole words when it is
 * encoded.
 */
public record RawBlock(int type, byte[] content) {
    public static final int HSREQ = 1;
    public static final int HSRSP = 2;
    public static final int KMREQ = 3;
    public static final int KMRSP = 4;
    public static final int SID = 5;
    public static final int CONGESTION = 6;
    public static final int FILTER = 7;
    public static final int GROUP = 8;

    /** The version that libsrt 1.5.1 names. */
    public static final int VERSION = 0x010501;

    public static final int FLAG_TSBPD_SENDER = 1;
    public static final int FLAG_TSBPD_RECEIVER = 2;
    public static final int FLAG_CRYPT = 4;
    public static final int FLAG_TOO_LATE_DROP = 8;
    public static final int FLAG_NAK_REPORT = 0x10;
    public static final int FLAG_REXMIT = 0x20;
    public static final int FLAG_STREAM = 0x40;
    public static final int FLAG_FILTER = 0x80;
    /** The flags of libsrt in live mode. */
    public static final int LIVE = 0xbf;
    /** The flags of libsrt in stream mode: no live delivery, and the byte stream in place of messages. */
    public static final int STREAM = FLAG_CRYPT | FLAG_REXMIT | FLAG_STREAM | FLAG_FILTER;
    /** The flags of libsrt in file mode with messages. */
    public static final int MESSAGE = FLAG_CRYPT | FLAG_REXMIT | FLAG_FILTER;

    private static final int WORD = 4;

    /** Returns what libsrt sends in live mode, with a latency of 120 ms. */
    public static RawBlock live() {
        return hsreq(VERSION, LIVE, 120);
    }

    /** Returns an SRT request with a version, flags and one latency for both directions, in milliseconds. */
    public static RawBlock hsreq(int version, int flags, int latencyMillis) {
        return new RawBlock(HSREQ, negotiation(version, flags, latencyMillis));
    }

    /** Returns the answer of a server to {@link #hsreq}. */
    public static RawBlock hsrsp(int version, int flags, int latencyMillis) {
        return new RawBlock(HSRSP, negotiation(version, flags, latencyMillis));
    }

    /** Returns a block with a stream id; a handshake may carry several. */
    public static RawBlock streamId(String id) {
        return text(SID, id);
    }

    /** Returns a block with the name of a congestion control: {@code live} or {@code file}. */
    public static RawBlock congestion(String name) {
        return text(CONGESTION, name);
    }

    /** Returns a block with the configuration of a packet filter. */
    public static RawBlock filter(String configuration) {
        return text(FILTER, configuration);
    }

    /** Returns a request with key material, right ({@link RawKey#message()}) or any bytes. */
    public static RawBlock keyRequest(byte[] keyMaterial) {
        return new RawBlock(KMREQ, keyMaterial);
    }

    /** Returns a block of text, whose words are sent with their bytes reversed, as libsrt does. */
    public static RawBlock text(int type, String text) {
        return new RawBlock(type, reversedWords(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the text of a block that {@link #text} made, without its padding. */
    public String text() {
        byte[] bytes = reversedWords(content);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Returns the length on the wire with the block's header, in bytes. */
    int wireBytes() {
        return WORD + padded(content.length);
    }

    void encode(ByteBuffer to) {
        to.putShort((short) type).putShort((short) (padded(content.length) / WORD));
        to.put(Arrays.copyOf(content, padded(content.length)));
    }

    private static byte[] negotiation(int version, int flags, int latencyMillis) {
        return ByteBuffer.allocate(3 * WORD)
                .putInt(version)
                .putInt(flags)
                .putShort((short) latencyMillis)
                .putShort((short) latencyMillis)
                .array();
    }

    private static byte[] reversedWords(byte[] bytes) {
        byte[] padded = Arrays.copyOf(bytes, padded(bytes.length));
        byte[] reversed = new byte[padded.length];
        for (int i = 0; i < padded.length; i++) {
            reversed[i] = padded[i / WORD * WORD + WORD - 1 - i % WORD];
        }
        return reversed;
    }

    private static int padded(int length) {
        return (length + WORD - 1) / WORD * WORD;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawBlock block && type == block.type && Arrays.equals(content, block.content);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "RawBlock[type=" + type + ", " + content.length + " bytes]";
    }
}
