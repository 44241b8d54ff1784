// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Sends pseudo-random bytes as fast as its channel takes them and digests what it receives, both with SHA-256. */
public final class ByteStream extends ChannelInboundHandlerAdapter {
    private static final int PIECE_BYTES = 64 * 1024;

    private final MessageDigest sent = sha256();
    private final MessageDigest received = sha256();
    private final byte[] pool = new byte[4 * PIECE_BYTES];
    private final CompletableFuture<String> sentAll = new CompletableFuture<>();
    private final CompletableFuture<String> receivedAll = new CompletableFuture<>();
    private final long bytesToReceive;
    private long left;
    private long receivedBytes;
    private int offset;

    /** Creates a stream that this seed determines. */
    public ByteStream(long seed, long bytesToSend, long bytesToReceive) {
        new Random(seed).nextBytes(pool);
        left = bytesToSend;
        this.bytesToReceive = bytesToReceive;
        if (bytesToReceive == 0) {
            receivedAll.complete(hex(received));
        }
    }

    /** Returns a new digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the digest of what was sent, once all of it was written. */
    public CompletableFuture<String> sentAll() {
        return sentAll;
    }

    /** Returns the digest of the bytes that arrived, once all have. */
    public CompletableFuture<String> receivedAll() {
        return receivedAll;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        send(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        send(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf buf = (ByteBuf) msg;
        receivedBytes += buf.readableBytes();
        received.update(buf.nioBuffer());
        buf.release();
        if (receivedBytes >= bytesToReceive && !receivedAll.isDone()) {
            receivedAll.complete(hex(received));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        AssertionError early = new AssertionError("the channel closed after " + receivedBytes + " bytes");
        sentAll.completeExceptionally(early);
        receivedAll.completeExceptionally(early);
        ctx.fireChannelInactive();
    }

    private void send(ChannelHandlerContext ctx) {
        while (left > 0 && ctx.channel().isWritable()) {
            int length = (int) Math.min(left, PIECE_BYTES - offset % 1000);
            int from = offset % (pool.length - PIECE_BYTES);
            offset += 4999;
            left -= length;
            sent.update(pool, from, length);
            ctx.writeAndFlush(ctx.alloc().directBuffer(length).writeBytes(pool, from, length));
        }
        if (left == 0 && !sentAll.isDone()) {
            sentAll.complete(hex(sent));
        }
    }
}
