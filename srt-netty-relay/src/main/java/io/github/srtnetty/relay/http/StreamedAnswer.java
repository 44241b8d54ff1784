// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer, in chunks for HTTP/1.1, or up to the end of the connection for HTTP/1.0. A client that reads
 * nothing for some time is disconnected. On the event loop.
 */
final class StreamedAnswer implements HttpStream {
    private final ChannelHandlerContext context;
    private final long stallMillis;
    private @Nullable Future<?> stalled;

    private StreamedAnswer(ChannelHandlerContext context, Duration stall) {
        this.context = context;
        stallMillis = stall.toMillis();
    }

    /** Sends the headers and hands the stream over. */
    static void begin(
            ChannelHandlerContext ctx,
            HttpResponse head,
            HttpVersion version,
            Duration stall,
            Consumer<HttpStream> receiver) {
        if (version.equals(HttpVersion.HTTP_1_1)) {
            HttpUtil.setTransferEncodingChunked(head, true);
        } else {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        StreamedAnswer stream = new StreamedAnswer(ctx, stall);
        ctx.writeAndFlush(head);
        receiver.accept(stream);
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    @Override
    public void write(byte[] bytes) {
        var written = context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
        written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!written.isDone() && stalled == null) {
            Future<?> timer = context.executor().schedule(this::close, stallMillis, TimeUnit.MILLISECONDS);
            stalled = timer;
            written.addListener(taken -> {
                timer.cancel(false);
                stalled = null;
            });
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Override
    public void onClose(Runnable task) {
        channel().closeFuture().addListener(closed -> task.run());
    }

    private Channel channel() {
        return context.channel();
    }
}
