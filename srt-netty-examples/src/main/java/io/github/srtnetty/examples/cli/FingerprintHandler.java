// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Hashes the bytes that arrive and passes them on until the sender is done. One for each channel. */
public final class FingerprintHandler extends ChannelInboundHandlerAdapter {
    private final Fingerprint arrived = new Fingerprint();
    private final CompletableFuture<Fingerprint> complete = new CompletableFuture<>();
    private volatile long bytes;

    /**
     * Returns the fingerprint when the channel is closed. Waits as long as bytes arrive, however slow this machine is.
     *
     * @param silence maximum time without a byte
     * @throws IOException when no byte arrived for this time and the channel is still open
     */
    public Fingerprint await(Duration silence) throws IOException, InterruptedException {
        return await(complete, () -> bytes, silence);
    }

    /** Waits for the end as long as bytes keep arriving within this time. */
    static <T> T await(CompletableFuture<T> end, LongSupplier bytes, Duration silence)
            throws IOException, InterruptedException {
        while (true) {
            long before = bytes.getAsLong();
            try {
                return end.get(silence.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (bytes.getAsLong() == before) {
                    throw new IOException("the listener did not see the end of the stream", e);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("the end of the stream never fails", e);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        arrived.add(((ByteBuf) msg).nioBuffer());
        bytes = arrived.bytes();
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        complete.complete(arrived);
        ctx.fireChannelInactive();
    }
}
