// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.mpegts.PsiHandler;
import io.github.srtnetty.codec.mpegts.Timestamp;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.github.srtnetty.codec.scte35.Scte35Injector;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a transport stream and inserts one cue at a time of the stream's own clock: the PTS of its first program,
 * counted from the first picture. One thread, which runs the pipeline.
 */
final class CueInjection {
    private static final int CHUNK = 7 * TsPacket.SIZE;

    private final PsiHandler tables = new PsiHandler();
    private final Scte35Injector injector;
    private final InjectedCue cue;
    private final int atSeconds;
    private final int aheadSeconds;
    private @Nullable Future<Void> written;

    /**
     * Prepares a copy with a cue on {@code pid}, written {@code atSeconds} after the start and {@code aheadSeconds}
     * before the splice.
     */
    CueInjection(int pid, InjectedCue cue, int atSeconds, int aheadSeconds) {
        this.injector = new Scte35Injector(pid);
        this.cue = cue;
        this.atSeconds = atSeconds;
        this.aheadSeconds = aheadSeconds;
    }

    /**
     * Copies the stream to its end.
     *
     * @throws IOException when reading or writing fails
     * @throws IllegalStateException when it is not a transport stream, and, after copying, when there was no place for
     *     the cue
     */
    void copy(InputStream in, OutputStream out) throws IOException {
        Writer writer = new Writer(out);
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), tables, injector, writer);
        try {
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                channel.writeInbound(Unpooled.copiedBuffer(chunk, 0, length));
                schedule();
                out.flush();
            }
        } finally {
            channel.finishAndReleaseAll();
        }
        out.flush();
        requireWritten(writer.packets);
    }

    /** Schedules the cue once the first PTS of the program is known. */
    private void schedule() {
        TsProgram program = tables.tracker().programs().stream().findFirst().orElse(null);
        if (written == null && program != null && program.lastPts90k() != TsPacket.NONE) {
            long at = later(program.lastPts90k(), atSeconds);
            written = injector.injectAt(cue.at(later(at, aheadSeconds)), at);
        }
    }

    private static long later(long pts90k, int seconds) {
        return Timestamp.add(pts90k, (long) seconds * Timestamp.PTS_HZ);
    }

    private void requireWritten(long packets) {
        if (packets == 0) {
            throw new IllegalStateException("not an MPEG transport stream, it has no packets of 188 bytes");
        }
        if (written == null) {
            throw new IllegalStateException("copied without a cue: no program with a PTS was found");
        }
        if (!written.isSuccess()) {
            throw new IllegalStateException(
                    "copied without the cue: " + written.cause().getMessage(), written.cause());
        }
    }

    /** Writes the packets; everything else ends here. */
    private static final class Writer extends ChannelInboundHandlerAdapter {
        private final OutputStream out;
        private long packets;

        Writer(OutputStream out) {
            this.out = out;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) throws IOException {
            try {
                if (msg instanceof TsPackets batch) {
                    packets += batch.count();
                    batch.content().readBytes(out, batch.content().readableBytes());
                }
            } finally {
                ReferenceCountUtil.release(msg);
            }
        }
    }
}
