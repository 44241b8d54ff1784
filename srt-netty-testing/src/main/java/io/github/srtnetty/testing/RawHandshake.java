// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A handshake packet of SRT with any values, right or wrong. The defaults are those of libsrt in live mode; what is not
 * set by hand (socket id, sequence number, cookie) is filled in by {@link RawPeer} and {@link RawServer}.
 */
public final class RawHandshake {
    public static final int INDUCTION = 1;
    public static final int CONCLUSION = -1;
    public static final int WAVE_AHAND = 0;
    public static final int AGREEMENT = -2;
    /** A rejection's type is this and the code. */
    public static final int FIRST_REJECTION = 1000;
    /** The extension field in the induction of a listener of version 5. */
    public static final int MAGIC = 0x4a17;
    /** The extension field of version 4: the type of the UDT socket, a datagram one. */
    public static final int DATAGRAM = 2;

    public static final int HAS_HSREQ = 1;
    public static final int HAS_KMREQ = 2;
    public static final int HAS_CONFIG = 4;

    /** Length of a handshake without blocks, with the packet's header, in bytes. */
    public static final int BYTES = RawPacket.HEADER_BYTES + 48;

    private static final int ADDRESS_BYTES = 16;
    private static final int BLOCK_HEADER_BYTES = 4;

    private final List<RawBlock> blocks = new ArrayList<>();
    private int version = 5;
    private int encryption;
    private Integer extension;
    private Integer isn;
    private int mss = 1500;
    private int window = 8192;
    private int type;
    private Integer socketId;
    private Integer cookie;
    private byte[] address = {1, 0, 0, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private byte[] tail = {};
    private int destination;

    private RawHandshake(int type) {
        this.type = type;
    }

    /** Returns the first packet of a caller, of either version. */
    public static RawHandshake induction() {
        return new RawHandshake(INDUCTION).version(4).extension(DATAGRAM).cookie(0);
    }

    /** Returns the second packet of a caller of version 5 in live mode: one request, and the blocks that are added. */
    public static RawHandshake conclusion() {
        return new RawHandshake(CONCLUSION).block(RawBlock.live());
    }

    /** Returns the second packet of a caller with these blocks alone. */
    public static RawHandshake conclusion(List<RawBlock> blocks) {
        RawHandshake handshake = new RawHandshake(CONCLUSION);
        handshake.blocks.addAll(blocks);
        return handshake;
    }

    /** Returns the second packet of a caller of version 4, as SRT before 1.3 sends it. */
    public static RawHandshake conclusion4() {
        return new RawHandshake(CONCLUSION).version(4).extension(DATAGRAM);
    }

    /** Returns a packet of another type, without blocks. */
    public static RawHandshake ofType(int type) {
        return new RawHandshake(type);
    }

    public RawHandshake block(RawBlock block) {
        blocks.add(block);
        return this;
    }

    public RawHandshake streamId(String id) {
        return block(RawBlock.streamId(id));
    }

    /** Adds the key material and names the length of its key. */
    public RawHandshake key(RawKey key) {
        return encryption(key.keyBytes() / 8).block(RawBlock.keyRequest(key.message()));
    }

    public RawHandshake version(int value) {
        version = value;
        return this;
    }

    /** Sets the length of the key in units of 8 bytes, 0 for none. */
    public RawHandshake encryption(int value) {
        encryption = value;
        return this;
    }

    /** Sets the extension field; without, it names the blocks that there are. */
    public RawHandshake extension(int value) {
        extension = value;
        return this;
    }

    /** Sets the sequence number of the first packet. */
    public RawHandshake isn(int value) {
        isn = value;
        return this;
    }

    public RawHandshake mss(int value) {
        mss = value;
        return this;
    }

    /** Sets the flow window in packets; libsrt allocates memory by it. */
    public RawHandshake window(int packets) {
        window = packets;
        return this;
    }

    public RawHandshake type(int value) {
        type = value;
        return this;
    }

    public RawHandshake socketId(int value) {
        socketId = value;
        return this;
    }

    public RawHandshake cookie(int value) {
        cookie = value;
        return this;
    }

    /** Sets the 16 bytes of the address field. */
    public RawHandshake address(byte[] value) {
        address = Arrays.copyOf(value, ADDRESS_BYTES);
        return this;
    }

    /** Sets bytes that follow the last block. */
    public RawHandshake tail(byte[] value) {
        tail = value.clone();
        return this;
    }

    /** Sets the socket id that the packet goes to; 0 is the listener. */
    public RawHandshake destination(int value) {
        destination = value;
        return this;
    }

    public int version() {
        return version;
    }

    public int type() {
        return type;
    }

    public int encryption() {
        return encryption;
    }

    public int extension() {
        return extension != null ? extension : extensionOfBlocks();
    }

    public int isn() {
        return isn == null ? 0 : isn;
    }

    public int mss() {
        return mss;
    }

    public int window() {
        return window;
    }

    public int socketId() {
        return socketId == null ? 0 : socketId;
    }

    public int cookie() {
        return cookie == null ? 0 : cookie;
    }

    public int destination() {
        return destination;
    }

    public List<RawBlock> blocks() {
        return Collections.unmodifiableList(blocks);
    }

    /** Returns the first block of a type. */
    public Optional<RawBlock> block(int blockType) {
        return blocks.stream().filter(block -> block.type() == blockType).findFirst();
    }

    /** Fills in what was not set. */
    RawHandshake orElse(int defaultSocketId, int defaultIsn, int defaultCookie) {
        socketId = socketId == null ? Integer.valueOf(defaultSocketId) : socketId;
        isn = isn == null ? Integer.valueOf(defaultIsn) : isn;
        cookie = cookie == null ? Integer.valueOf(defaultCookie) : cookie;
        return this;
    }

    /** Returns the whole datagram. */
    public byte[] encode(int timestamp) {
        int length = BYTES + blocks.stream().mapToInt(RawBlock::wireBytes).sum() + tail.length;
        ByteBuffer to = ByteBuffer.allocate(length);
        RawPacket.putControl(to, RawPacket.HANDSHAKE, 0, 0, timestamp, destination);
        to.putInt(version).putShort((short) encryption).putShort((short) extension());
        to.putInt(isn())
                .putInt(mss)
                .putInt(window)
                .putInt(type)
                .putInt(socketId())
                .putInt(cookie());
        to.put(address);
        blocks.forEach(block -> block.encode(to));
        return to.put(tail).array();
    }

    /** Returns what a datagram holds; bytes that are no whole block are the tail. */
    public static RawHandshake decode(byte[] datagram) {
        ByteBuffer from = ByteBuffer.wrap(datagram);
        from.position(RawPacket.HEADER_BYTES);
        RawHandshake handshake = new RawHandshake(0).version(from.getInt());
        handshake.encryption(from.getShort() & 0xffff).extension(from.getShort() & 0xffff);
        handshake.isn(from.getInt()).mss(from.getInt()).window(from.getInt()).type(from.getInt());
        handshake.socketId(from.getInt()).cookie(from.getInt());
        from.get(handshake.address);
        handshake.destination(ByteBuffer.wrap(datagram).getInt(12));
        if (handshake.version >= 5 && handshake.type == CONCLUSION) {
            handshake.decodeBlocks(from);
        }
        byte[] rest = new byte[from.remaining()];
        from.get(rest);
        return handshake.tail(rest);
    }

    private void decodeBlocks(ByteBuffer from) {
        while (from.remaining() >= BLOCK_HEADER_BYTES) {
            int length = (from.getShort(from.position() + 2) & 0xffff) * 4;
            if (length > from.remaining() - BLOCK_HEADER_BYTES) {
                return;
            }
            int blockType = from.getInt() >>> 16;
            byte[] content = new byte[length];
            from.get(content);
            blocks.add(new RawBlock(blockType, content));
        }
    }

    private int extensionOfBlocks() {
        int flags = 0;
        for (RawBlock block : blocks) {
            flags |= switch (block.type()) {
                case RawBlock.HSREQ, RawBlock.HSRSP -> HAS_HSREQ;
                case RawBlock.KMREQ, RawBlock.KMRSP -> HAS_KMREQ;
                default -> HAS_CONFIG;
            };
        }
        return flags;
    }

    @Override
    public String toString() {
        return "RawHandshake[version=" + version + ", type=" + type + ", window=" + window + ", " + blocks + "]";
    }
}
