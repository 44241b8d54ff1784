// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends each line of standard input, byte for byte, on a thread of its own: a read of it cannot be interrupted. */
final class LineSender {
    /** Not the event loop: the program may end it while the next line is awaited. */
    private static final EventExecutor NOTIFIER = GlobalEventExecutor.INSTANCE;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SrtChannel channel;
    private final Consumer<IOException> notSent;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private @Nullable IOException firstFailure; // of the notifier

    private LineSender(SrtChannel channel, Consumer<IOException> notSent) {
        this.channel = channel;
        this.notSent = notSent;
    }

    /**
     * Starts to read. The returned future is done after the last line; it fails then with the first failure where a
     * line could not be sent. {@code notSent} gets that failure at once, on a thread of its own.
     */
    static CompletableFuture<Void> start(SrtChannel channel, Consumer<IOException> notSent) {
        LineSender sender = new LineSender(channel, notSent);
        Thread thread = new Thread(sender::sendAll, "line-sender");
        thread.setDaemon(true);
        thread.start();
        return sender.sent;
    }

    private void sendAll() {
        try {
            ByteLines lines = new ByteLines(new BufferedInputStream(StandardStreams.input(null)));
            ChannelFuture last = newPromise().setSuccess();
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                while (channel.isActive() && !channel.isWritable()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                last = send(line);
            }
            last.addListener(done -> end());
        } catch (IOException e) {
            sent.completeExceptionally(e);
        }
    }

    private ChannelFuture send(byte[] line) {
        ByteBuf message = Unpooled.wrappedBuffer(line);
        return channel.writeAndFlush(message, newPromise()).addListener(done -> {
            if (!done.isSuccess()) {
                failed(done.cause());
            }
        });
    }

    private ChannelPromise newPromise() {
        return new DefaultChannelPromise(channel, NOTIFIER);
    }

    private void failed(Throwable cause) {
        IOException failure = channel.isActive()
                ? Failures.because("a line was not sent", cause)
                : new IOException(SingleConnection.peer(channel) + " closed the connection", cause);
        if (firstFailure == null) {
            firstFailure = failure;
        }
        notSent.accept(failure);
    }

    private void end() {
        if (firstFailure == null) {
            sent.complete(null);
        } else {
            sent.completeExceptionally(firstFailure);
        }
    }
}
