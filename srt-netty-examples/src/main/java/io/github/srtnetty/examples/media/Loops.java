// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.Session;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of a program, created on first use: one for SRT, so data from SRT to SRT stays on one thread, and
 * one for UDP. Not thread-safe.
 */
public final class Loops implements AutoCloseable {
    private static final int END_MILLIS = 300;

    private @Nullable EventLoopGroup srt;
    private @Nullable EventLoopGroup udp;

    /** Returns the loop for SRT channels. */
    public EventLoopGroup srt() {
        if (srt == null) {
            srt = Session.newGroup(1);
        }
        return srt;
    }

    /** Returns the loop for UDP channels. */
    public EventLoopGroup udp() {
        if (udp == null) {
            udp = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("udp", true), NioIoHandler.newFactory());
        }
        return udp;
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the loops quickly and closes the channels on them. May be called more than once. */
    public void end() {
        end(srt);
        end(udp);
    }

    private static void end(@Nullable EventLoopGroup group) {
        if (group != null) {
            group.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(END_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
