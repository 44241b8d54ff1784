// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The source of a stream: passes each payload on as it was read, on its own event loop, which never waits. */
final class Publisher extends ChannelInboundHandlerAdapter implements StreamSource {
    private final LiveStream stream;
    private final RelayState state;
    private final ConnectionLog log;
    private volatile long readNanos = System.nanoTime();

    Publisher(LiveStream stream, RelayState state, ConnectionLog log) {
        this.stream = stream;
        this.state = state;
        this.log = log;
    }

    @Override
    public Connection connection() {
        return log.connection();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public boolean isSilent(long nowNanos) {
        long limitMillis = state.rules().number(RelaySetting.SILENT_PUBLISHER_MILLIS);
        return nowNanos - readNanos > TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return connection().ended();
    }

    @Override
    public void replacedBy(StreamSource other) {
        log.line("replaced by %s: it was silent", other.connection().peer());
        close();
    }

    @Override
    public void close() {
        connection().channel().close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        log.line("publishes, %d players wait", stream.sinks().size());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        readNanos = System.nanoTime();
        stream.payload((ByteBuf) msg, Intake.NO_TIME);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        stream.flush();
    }

    /** Sends the payloads of a last read that did not complete. */
    void channelClosed() {
        stream.flush();
    }
}
