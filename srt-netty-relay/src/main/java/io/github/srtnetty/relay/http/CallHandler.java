// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of a connection, one after the other. After the last answer it closes its output and discards
 * further input, so a client that is still sending can read the answer.
 */
final class CallHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(CallHandler.class);
    private static final int LINGER_MILLIS = 1000;

    private final HttpService service;
    private final HttpLimits limits;
    private final RequestClock clock;
    /** Of {@link HttpCall} and {@link HttpProblem}. */
    private final Queue<Object> waiting = new ArrayDeque<>();

    private boolean busy;
    private boolean ended;

    CallHandler(HttpService service, HttpLimits limits, RequestClock clock) {
        this.service = service;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (ended || !(message instanceof HttpCall || message instanceof HttpProblem)) {
            ReferenceCountUtil.release(message);
            return;
        }
        clock.received();
        waiting.add(message);
        if (waiting.size() >= limits.pipelined()) {
            ctx.channel().config().setAutoRead(false);
        }
        next(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOGGER.debug("an HTTP connection failed", cause); // the client disconnected, or its TLS failed
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        waiting.clear();
        ctx.fireChannelInactive();
    }

    private void next(ChannelHandlerContext ctx) {
        Object message = busy ? null : waiting.poll();
        if (message instanceof HttpCall call) {
            busy = true;
            boolean keepAlive = keepsAlive(call);
            serve(call)
                    .whenComplete((answer, failure) -> onLoop(ctx, () -> {
                        answer(ctx, call, failure == null ? answer : answer(failure), keepAlive);
                    }));
        } else if (message instanceof HttpProblem problem) {
            busy = true;
            ctx.pipeline().remove(HttpContentCompressor.class); // it knows no answer without a request
            write(ctx, problem.answer(), false);
        }
    }

    private CompletionStage<HttpAnswer> serve(HttpCall call) {
        try {
            return service.serve(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static HttpAnswer answer(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpProblem problem) {
            return problem.answer();
        }
        LOGGER.error("a request failed", cause);
        return new HttpProblem(500, "the relay's log has the cause").answer();
    }

    private void answer(ChannelHandlerContext ctx, HttpCall call, HttpAnswer answer, boolean keepAlive) {
        Consumer<HttpStream> stream = answer.stream();
        if (ended || stream == null || call.method().equals(HttpMethod.HEAD)) {
            write(ctx, answer, keepAlive);
        } else {
            ctx.pipeline().remove(HttpContentCompressor.class); // it would wait for more to compress
            StreamedAnswer.begin(ctx, head(answer), call.version(), limits.write(), stream);
        }
    }

    private void write(ChannelHandlerContext ctx, HttpAnswer answer, boolean keepAlive) {
        if (ended) {
            return;
        }
        var deadline =
                ctx.executor().schedule((Runnable) ctx::close, limits.write().toMillis(), TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(response(answer, keepAlive)).addListener(written -> {
            deadline.cancel(false);
            if (!written.isSuccess()) {
                ctx.close();
            } else if (keepAlive) {
                answered(ctx);
            } else {
                end(ctx);
            }
        });
    }

    private void answered(ChannelHandlerContext ctx) {
        busy = false;
        if (waiting.isEmpty()) {
            clock.answered();
        }
        ctx.channel().config().setAutoRead(true);
        next(ctx);
    }

    private void end(ChannelHandlerContext ctx) {
        ended = true;
        waiting.clear();
        Channel channel = ctx.channel();
        if (ctx.pipeline().get(SslHandler.class) != null || !(channel instanceof SocketChannel socket)) {
            ctx.close();
            return;
        }
        socket.shutdownOutput();
        channel.config().setAutoRead(true);
        var linger = ctx.executor().schedule((Runnable) ctx::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> linger.cancel(false));
    }

    private static FullHttpResponse response(HttpAnswer answer, boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        headers(answer, response);
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code()
                && answer.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    private static HttpResponse head(HttpAnswer answer) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        headers(answer, head);
        return head;
    }

    private static void headers(HttpAnswer answer, HttpResponse response) {
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .set("x-content-type-options", "nosniff");
        if (!answer.contentType().isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        }
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
    }

    private static boolean keepsAlive(HttpCall call) {
        boolean closes = call.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        return !closes
                && (call.version().isKeepAliveDefault()
                        || call.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true));
    }

    private static void onLoop(ChannelHandlerContext ctx, Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
        } else if (!ctx.executor().isShuttingDown()) {
            ctx.executor().execute(task);
        }
    }
}
