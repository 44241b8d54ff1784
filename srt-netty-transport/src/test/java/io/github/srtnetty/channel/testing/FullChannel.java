// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.testing;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fills a stream whose peer does not read, so that writes wait in the channel whatever libsrt still takes. */
public final class FullChannel {
    /** The length of each write. */
    public static final int CHUNK = 100_000;

    private static final int SURPLUS = 8 * CHUNK;

    private FullChannel() {}

    /**
     * Writes eight {@link #CHUNK}s more than libsrt can hold on both sides: so many stay in the channel until the peer
     * reads. Returns the writes once libsrt is nearly full.
     */
    public static List<ChannelFuture> fill(SrtChannel caller, SrtChannel accepted) {
        int held = caller.config().getOption(SrtChannelOption.SRTO_SNDBUF)
                + accepted.config().getOption(SrtChannelOption.SRTO_RCVBUF);
        List<ChannelFuture> writes = new ArrayList<>();
        byte[] chunk = new byte[CHUNK];
        new Random(3).nextBytes(chunk);
        for (int written = 0; written < held + SURPLUS; written += CHUNK) {
            writes.add(caller.writeAndFlush(Unpooled.wrappedBuffer(chunk)));
        }
        Await.until("libsrt is nearly full", () -> pendingBytes(caller) <= SURPLUS + held / 10);
        return writes;
    }

    private static long pendingBytes(SrtChannel channel) {
        return channel.eventLoop()
                .submit(() -> channel.unsafe().outboundBuffer().totalPendingWriteBytes())
                .syncUninterruptibly()
                .getNow();
    }
}
