// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Payloads that are numbered and can be checked, how they are sent at a rate, and who checks them. */
public final class Sequence {
    public static final int PAYLOAD_BYTES = 7 * 188;

    private Sequence() {}

    /** Returns the number, then bytes that follow from it. */
    public static ByteBuf payload(long number) {
        return Unpooled.directBuffer(PAYLOAD_BYTES)
                .writeBytes(bytes(number)); // each access is traced by the leak detector
    }

    private static byte[] bytes(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(PAYLOAD_BYTES).putLong(number);
        while (bytes.remaining() >= Integer.BYTES) {
            bytes.putInt((int) (number * 31 + bytes.position()));
        }
        return bytes.array();
    }

    /** Sends at a constant rate on a thread of its own until it is closed. */
    public static final class Sender implements AutoCloseable {
        private final Thread thread;
        private volatile boolean running = true;
        private volatile long sent;

        public Sender(Channel channel, long bitsPerSecond) {
            thread = new Thread(() -> send(channel, PAYLOAD_BYTES * 8 * 1_000_000_000L / bitsPerSecond), "sender");
            thread.start();
        }

        public long sent() {
            return sent;
        }

        @Override
        public void close() {
            running = false;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void send(Channel channel, long intervalNanos) {
            long start = System.nanoTime();
            while (running && channel.isActive()) {
                channel.writeAndFlush(payload(sent));
                sent++;
                LockSupport.parkNanos(start + sent * intervalNanos - System.nanoTime());
            }
        }
    }

    /** Sees whether payloads are whole and follow each other. */
    public static final class Checker extends SimpleChannelInboundHandler<ByteBuf> {
        private volatile long first = -1;
        private volatile long last = -1;
        private volatile long count;
        private volatile long missing;
        private volatile boolean damaged;
        private volatile boolean inactive;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf received) {
            byte[] bytes = ByteBufUtil.getBytes(received);
            long number = ByteBuffer.wrap(bytes).getLong();
            damaged |= !Arrays.equals(bytes, bytes(number));
            if (first < 0) {
                first = number;
            } else if (number != last + 1) {
                missing += Math.abs(number - last - 1);
            }
            count++;
            last = number; // the last of all: who has seen it finds the other values up to date
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive = true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            damaged = true;
        }

        public long first() {
            return first;
        }

        public long last() {
            return last;
        }

        public long count() {
            return count;
        }

        public long missing() {
            return missing;
        }

        public boolean isDamaged() {
            return damaged;
        }

        public boolean isInactive() {
            return inactive;
        }

        @Override
        public String toString() {
            return first + " to " + last + ", " + missing + " missing" + (inactive ? ", inactive" : "");
        }
    }
}
