// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtIoHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The event loops that blocking receivers and senders share. They start with the first receiver or sender and end after
 * the last one is closed, so that no thread then holds the class loader. Daemon threads, at most one per processor. Any
 * thread.
 */
final class SharedLoops {
    private static final int END_MILLIS = 300;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable EventLoopGroup group; // LOCK guards this field and users
    private static int users;

    private SharedLoops() {}

    /** Returns the loops; each call needs one {@link #release}. */
    static EventLoopGroup acquire() {
        LOCK.lock();
        try {
            if (group == null) {
                group = new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(),
                        new DefaultThreadFactory("srt-blocking", true),
                        SrtIoHandler.newFactory());
            }
            users++;
            return group;
        } finally {
            LOCK.unlock();
        }
    }

    /** Ends the loops when no other receiver or sender uses them; does not wait. */
    static void release() {
        LOCK.lock();
        try {
            users--;
            if (users == 0 && group != null) {
                group.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS);
                group = null;
            }
        } finally {
            LOCK.unlock();
        }
    }
}
