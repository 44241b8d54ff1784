// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Fires a {@link Pat} or {@link Pmt} as a message when it changes, before it passes on the {@link TsPackets} in which
 * the table ended. For an unusable section it fires a {@link SectionError} as a user event. Runs on the channel's event
 * loop.
 */
public final class PsiHandler extends TsPacketInspector {
    private final PsiTracker tracker;
    private @Nullable ChannelHandlerContext context;

    /** Creates a handler that tracks {@link PsiTracker#DEFAULT_MAX_PROGRAMS} programs. */
    public PsiHandler() {
        this(PsiTracker.DEFAULT_MAX_PROGRAMS);
    }

    /**
     * Creates a handler that tracks the first {@code maxPrograms} programs of a PAT, 1 to 65535, and reports a PAT with
     * more as a {@link SectionError}.
     *
     * @throws IllegalArgumentException when {@code maxPrograms} is out of its range
     */
    public PsiHandler(int maxPrograms) {
        tracker = new PsiTracker(new Firing(), maxPrograms);
    }

    /** Returns the current tables. Event loop. */
    public PsiTracker tracker() {
        return tracker;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
        tracker.accept(packet, packetIndex);
    }

    private final class Firing implements PsiListener {
        @Override
        public void onPat(Pat pat) {
            fire(pat);
        }

        @Override
        public void onPmt(TsProgram program, Pmt pmt) {
            fire(pmt);
        }

        @Override
        public void onPsiError(SectionError error) {
            if (context != null) {
                context.fireUserEventTriggered(error);
            }
        }

        private void fire(Object table) {
            if (context != null) {
                context.fireChannelRead(table);
            }
        }
    }
}
