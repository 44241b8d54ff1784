// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes handshakes of a seed: most have the right shape with values at and beyond their limits, others have lying
 * lengths, flipped bits, cut or added bytes. Not thread-safe.
 */
public final class RawMutator {
    /** Flow windows beyond the handshake filter of the native module, which drops them. */
    private static final int[] HUGE_WINDOWS = {262_145, 1_000_000, 40_000_000, 0x3fffffff, Integer.MAX_VALUE, -1};
    /** Windows up to here reach libsrt often, at 24 bytes a packet; up to the filter's limit seldom. */
    private static final int OFTEN_WINDOW = 2048;
    /** The largest window that the handshake filter lets pass: 6 MiB, hence one handshake of so many. */
    private static final int LARGEST_WINDOW = 262_144;

    private static final int LARGEST_WINDOW_ONE_OF = 2000;

    private static final int[] NUMBERS = {
        0, 1, 2, 0x7fffffff, 0x80000000, -1, -2, 0x3fffffff, 0x40000000, 0xffff, 1 << 24
    };
    private static final int[] SIZES = {0, 1, 16, 28, 32, 44, 76, 575, 576, 1000, 1456, 1492, 1500, 1501, 9000, 65_536};
    private static final String[] TEXTS = {
        "",
        "live",
        "file",
        "fec,cols:10,rows:5",
        "fec",
        "fec,cols:0",
        "fec,cols:99999999,rows:-1",
        "vod",
        "#!::r=a,m=publish"
    };
    private static final int[] TYPES = {-1, -1, -1, -1, -1, -1, 1, 0, -2, 2, 1000, 1404, 0x7fffffff};

    private final Random random;
    private final List<String> streamIds;
    private final List<byte[]> keys;

    /**
     * Creates a mutator.
     *
     * @param streamIds names to mix in and to damage
     * @param keys key material messages to mix in and to damage
     */
    public RawMutator(long seed, List<String> streamIds, List<byte[]> keys) {
        random = new Random(seed);
        this.streamIds = streamIds;
        this.keys = keys;
    }

    /** Returns a handshake of a caller with this cookie, or seldom another one. */
    public byte[] handshake(int cookie) {
        RawHandshake handshake = RawHandshake.ofType(type()).cookie(oneOf(50) ? random.nextInt() : cookie);
        if (oneOf(12)) {
            handshake.version(4).extension(oneOf(3) ? random.nextInt(0x10000) : RawHandshake.DATAGRAM);
        } else {
            handshake.version(oneOf(20) ? number() : 5);
            blocks(handshake);
            if (oneOf(6)) {
                handshake.extension(random.nextInt(oneOf(2) ? 8 : 0x10000));
            }
        }
        return damaged(fields(handshake).encode(random.nextInt()));
    }

    /**
     * Returns a right answer of a server with other values, blocks and bytes; what a caller needs to take it is kept
     * mostly.
     */
    public byte[] answer(RawHandshake right) {
        int id = right.destination();
        if (oneOf(3)) {
            blocks(right);
        }
        if (oneOf(6)) {
            right.extension(random.nextInt(oneOf(2) ? 8 : 0x10000));
        }
        if (oneOf(8)) {
            right.type(type());
        }
        if (oneOf(12)) {
            right.version(oneOf(2) ? 4 : number());
        }
        if (oneOf(3)) {
            fields(right);
        }
        return damaged(right.destination(oneOf(30) ? random.nextInt() : id).encode(random.nextInt()));
    }

    private int type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    private RawHandshake fields(RawHandshake handshake) {
        byte[] address = new byte[16];
        if (oneOf(4)) {
            random.nextBytes(address);
            handshake.address(address);
        }
        handshake.encryption(oneOf(4) ? random.nextInt(0x10000) : random.nextInt(5));
        handshake.mss(oneOf(4) ? SIZES[random.nextInt(SIZES.length)] : 1500);
        handshake.window(window());
        handshake.isn(oneOf(5) ? number() : random.nextInt() & 0x7fffffff);
        handshake.socketId(oneOf(20) ? number() : random.nextInt(0x3fffffff) + 1);
        if (oneOf(40)) {
            handshake.destination(number());
        }
        return handshake;
    }

    private int window() {
        if (oneOf(LARGEST_WINDOW_ONE_OF)) {
            return LARGEST_WINDOW;
        }
        return oneOf(5) ? HUGE_WINDOWS[random.nextInt(HUGE_WINDOWS.length)] : random.nextInt(OFTEN_WINDOW + 1);
    }

    private void blocks(RawHandshake handshake) {
        if (!oneOf(10)) {
            handshake.block(negotiation());
        }
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            handshake.block(block());
        }
    }

    private RawBlock negotiation() {
        int flags = switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> RawBlock.STREAM;
            case 2 -> RawBlock.MESSAGE;
            default -> RawBlock.LIVE;
        };
        int version = oneOf(5) ? random.nextInt(0x02000000) : RawBlock.VERSION;
        return RawBlock.hsreq(version, flags, oneOf(4) ? random.nextInt() : 120);
    }

    private RawBlock block() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> RawBlock.streamId(text());
            case 2 -> RawBlock.congestion(TEXTS[random.nextInt(TEXTS.length)]);
            case 3 -> RawBlock.filter(filter());
            case 4 -> RawBlock.keyRequest(keyMaterial());
            case 5 -> new RawBlock(RawBlock.KMRSP, oneOf(3) ? keyMaterial() : state());
            case 6 -> new RawBlock(RawBlock.GROUP, bytes(20));
            case 7 -> negotiation();
            default -> new RawBlock(random.nextInt(oneOf(2) ? 12 : 0x10000), bytes(80));
        };
    }

    private String filter() {
        String text = TEXTS[1 + random.nextInt(TEXTS.length - 1)];
        return oneOf(2)
                ? text
                : "fec,cols:" + number() + ",rows:" + random.nextInt(20) + (oneOf(2) ? ",layout:staircase" : "");
    }

    private byte[] state() {
        return new byte[] {0, 0, 0, (byte) random.nextInt(7)};
    }

    private String text() {
        if (!streamIds.isEmpty() && oneOf(2)) {
            String id = streamIds.get(random.nextInt(streamIds.size()));
            return oneOf(2) ? id : id.substring(0, random.nextInt(id.length() + 1));
        }
        return oneOf(2) ? TEXTS[random.nextInt(TEXTS.length)] : "x".repeat(random.nextInt(oneOf(5) ? 700 : 40));
    }

    private byte[] keyMaterial() {
        if (keys.isEmpty() || oneOf(3)) {
            return bytes(oneOf(4) ? 1024 : 120);
        }
        byte[] key = keys.get(random.nextInt(keys.size())).clone();
        int changes = random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            key[random.nextInt(oneOf(2) ? 16 : key.length)] = (byte) random.nextInt();
        }
        return oneOf(4) ? Arrays.copyOf(key, random.nextInt(200)) : key;
    }

    private byte[] damaged(byte[] datagram) {
        byte[] result = datagram;
        if (oneOf(8)) { // a block whose length is not that of its content
            int blocks = RawHandshake.BYTES;
            if (result.length > blocks + 4) {
                result[blocks + 2] = (byte) (oneOf(3) ? random.nextInt() : 0);
                result[blocks + 3] = (byte) random.nextInt();
            }
        }
        if (oneOf(6)) {
            int flips = 1 + random.nextInt(6);
            for (int i = 0; i < flips; i++) {
                flip(result);
            }
        }
        if (oneOf(8)) {
            result = Arrays.copyOf(result, random.nextInt(oneOf(3) ? 1472 : result.length + 1));
        }
        return result;
    }

    /**
     * Leaves the window and the MSS alone, which are chosen with care for memory, and makes no acknowledgement: libsrt
     * corrupts its memory where one is for packets that were never sent, and no filter can know that.
     */
    private void flip(byte[] datagram) {
        int at = random.nextInt(datagram.length);
        int bit = 1 << random.nextInt(8);
        boolean makesAck = at == 1 && bit == 2; // UMSG_HANDSHAKE to UMSG_ACK
        if (!makesAck && (at < 16 + 12 || at >= 16 + 20)) {
            datagram[at] ^= (byte) bit;
        }
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private int number() {
        return oneOf(3) ? random.nextInt() : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private boolean oneOf(int count) {
        return random.nextInt(count) == 0;
    }
}
