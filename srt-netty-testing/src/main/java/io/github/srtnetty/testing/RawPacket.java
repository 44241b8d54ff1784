// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A packet of SRT: header fields, payload (or the content of a control packet), and the whole datagram. */
public final class RawPacket {
    public static final int HEADER_BYTES = 16;

    public static final int HANDSHAKE = 0;
    public static final int KEEPALIVE = 1;
    public static final int ACK = 2;
    public static final int NAK = 3;
    public static final int CONGESTION = 4;
    public static final int SHUTDOWN = 5;
    public static final int ACKACK = 6;
    public static final int DROPREQ = 7;
    public static final int PEERERROR = 8;
    /** The type of SRT's own messages: requests of version 4, key material. */
    public static final int EXTENDED = 0x7fff;

    /** A message of one packet. */
    public static final int SOLO = 3;

    private static final int CONTROL = 0x80000000;
    private static final int TYPE_MASK = 0x7fff;

    private final byte[] datagram;

    private RawPacket(byte[] datagram) {
        this.datagram = datagram;
    }

    /** Returns the packet of a datagram of at least 16 bytes. */
    public static RawPacket of(byte[] datagram) {
        if (datagram.length < HEADER_BYTES) {
            throw new IllegalArgumentException(datagram.length + " bytes are no SRT packet");
        }
        return new RawPacket(datagram);
    }

    /** Returns a control packet. */
    public static RawPacket control(int type, int subtype, int info, int timestamp, int destination, byte[] content) {
        ByteBuffer to = ByteBuffer.allocate(HEADER_BYTES + content.length);
        putControl(to, type, subtype, info, timestamp, destination);
        return new RawPacket(to.put(content).array());
    }

    /**
     * Returns a data packet.
     *
     * @param keyFlags 0 in clear, 1 even key, 2 odd key
     * @param boundary 3 for a message of one packet, 2 first, 0 middle, 1 last packet
     */
    public static RawPacket data(
            int sequence, int boundary, int keyFlags, int message, int timestamp, int destination, byte[] payload) {
        ByteBuffer to = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        to.putInt(sequence & 0x7fffffff);
        to.putInt(boundary << 30 | (keyFlags & 3) << 27 | message & 0x3ffffff);
        to.putInt(timestamp).putInt(destination).put(payload);
        return new RawPacket(to.array());
    }

    static void putControl(ByteBuffer to, int type, int subtype, int info, int timestamp, int destination) {
        to.putInt(CONTROL | (type & TYPE_MASK) << 16 | subtype & 0xffff)
                .putInt(info)
                .putInt(timestamp)
                .putInt(destination);
    }

    public boolean isControl() {
        return datagram[0] < 0;
    }

    public boolean isControl(int type) {
        return isControl() && type() == type;
    }

    public int type() {
        return word(0) >>> 16 & TYPE_MASK;
    }

    public int subtype() {
        return word(0) & 0xffff;
    }

    /** Returns the second word of a control packet, for example the number of an acknowledgement. */
    public int info() {
        return word(1);
    }

    public int sequence() {
        return word(0);
    }

    /** Returns which key a data packet is encrypted with: 0 none, 1 even, 2 odd. */
    public int keyFlags() {
        return word(1) >>> 27 & 3;
    }

    public int destination() {
        return word(3);
    }

    /** Returns what follows the header. */
    public byte[] payload() {
        return Arrays.copyOfRange(datagram, HEADER_BYTES, datagram.length);
    }

    public byte[] datagram() {
        return datagram;
    }

    private int word(int index) {
        return ByteBuffer.wrap(datagram).getInt(4 * index);
    }

    @Override
    public String toString() {
        return isControl()
                ? "RawPacket[control " + type() + "/" + subtype() + "]"
                : "RawPacket[data " + sequence() + ", " + (datagram.length - HEADER_BYTES) + " bytes]";
    }
}
