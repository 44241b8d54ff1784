// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.live;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.github.srtnetty.examples.pace.PacedSender;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends payloads over a connection and verifies that the peer has received them. */
final class Delivery {
    /** libsrt sends a lost packet again only if a later one arrives, so a lost last packet is never acknowledged. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final SrtChannel channel;
    private final PacedSender sender;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    /** Sends by {@code sender}, which is in the channel's pipeline. */
    Delivery(SrtChannel channel, PacedSender sender) {
        this.channel = channel;
        this.sender = sender;
    }

    /**
     * Blocks until the peer has received everything. Call once, not on an event loop.
     *
     * @throws IOException where the peer leaves before, acknowledges nothing for 10 s, something came too late for it,
     *     or there was nothing to send
     */
    void deliver(TimedPayloads payloads) throws IOException, InterruptedException {
        channel.closeFuture().addListener(closed -> sent.completeExceptionally(new ClosedChannelException()));
        sendInBackground(payloads);
        awaitSent();
        if (awaitAcknowledged() > 0) {
            throw left("before it had received everything");
        }
        SrtStatistics last = channel.statistics();
        if (last != null && last.pktSndDropTotal() > 0) {
            throw new IOException(SingleConnection.peer(channel) + ": " + last.pktSndDropTotal()
                    + " packets were too late for its latency and were dropped");
        }
        if (last != null && last.pktSentTotal() == 0) {
            throw new IOException("the input is empty, nothing was sent");
        }
    }

    // A read of standard input cannot be interrupted: it has a thread that does not keep the process alive.
    private void sendInBackground(TimedPayloads payloads) {
        Thread thread = new Thread(
                () -> {
                    try {
                        sender.send(channel, payloads);
                        sent.complete(null);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        sent.completeExceptionally(e);
                    }
                },
                "sender");
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitSent() throws IOException, InterruptedException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClosedChannelException) {
                throw left("before everything was sent");
            }
            throw new IOException(Failures.describe(Failures.cause(e)), e.getCause());
        }
    }

    /** Returns how many packets were not acknowledged: 0 unless the connection ended before. */
    private long awaitAcknowledged() throws IOException {
        long left = unacknowledged();
        long since = System.nanoTime();
        while (channel.isActive() && left > 0) {
            LockSupport.parkNanos(POLL_NANOS);
            long before = left;
            left = unacknowledged();
            if (left < before) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > LONGEST_WAIT_NANOS) {
                throw new IOException(SingleConnection.peer(channel) + " has acknowledged nothing for "
                        + TimeUnit.NANOSECONDS.toSeconds(LONGEST_WAIT_NANOS) + " s; it may not have the last " + left
                        + " packets");
            }
        }
        return left;
    }

    // The option is always current; the statistics may be a sample old while another thread uses the socket.
    private long unacknowledged() {
        Integer packets = channel.config().get(SrtChannelOption.SRTO_SNDDATA);
        if (packets != null) {
            return packets;
        }
        SrtStatistics last = channel.statistics(); // all there is once the socket is gone
        return last == null ? 0 : last.asLong(SrtStatistic.PKT_SND_BUF);
    }

    private IOException left(String when) {
        return new IOException(SingleConnection.peer(channel) + " closed the connection " + when);
    }
}
