// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.OnePeer;
import io.github.srtnetty.examples.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends each line of standard input as a message, on a thread of its own: a read of it cannot be interrupted. */
final class LineSender {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SrtChannel channel;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    private LineSender(SrtChannel channel) {
        this.channel = channel;
    }

    /** Starts to read; what is returned is done when the last line is sent, and fails when one cannot be. */
    static CompletableFuture<Void> start(SrtChannel channel) {
        LineSender sender = new LineSender(channel);
        Thread thread = new Thread(sender::sendAll, "line-sender");
        thread.setDaemon(true);
        thread.start();
        return sender.sent;
    }

    private void sendAll() {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            ChannelFuture last = channel.newSucceededFuture();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                while (channel.isActive() && !channel.isWritable()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                last = send(line);
            }
            if (last.awaitUninterruptibly().isSuccess()) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(new IOException(OnePeer.peer(channel) + " closed the connection"));
            }
        } catch (IOException e) {
            sent.completeExceptionally(e);
        }
    }

    private ChannelFuture send(String line) {
        ByteBuf message = ByteBufUtil.writeUtf8(channel.alloc(), line);
        return channel.writeAndFlush(message).addListener(done -> {
            if (!done.isSuccess() && channel.isActive() && !Session.isEndedBySignal()) {
                System.err.println("srt-netty: not sent: " + Failures.describe(done.cause()));
            }
        });
    }
}
