// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Collects each request, and fires it as an {@link HttpCall}. After a malformed request it fires an {@link
 * HttpProblem} and ignores all further input, because the start of the next request is unknown.
 */
final class RequestReader extends SimpleChannelInboundHandler<HttpObject> {
    private static final int HEADER_FIELDS_TOO_LARGE = 431;

    private final HttpLimits limits;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpRequest request;
    private boolean broken;

    RequestReader(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) throws IOException {
        if (broken) {
            return;
        }
        HttpProblem problem = undecoded(message.decoderResult());
        if (problem == null && message instanceof HttpRequest head) {
            problem = begin(ctx, head);
        }
        if (problem == null && message instanceof HttpContent content) {
            problem = add(ctx, content);
        }
        if (problem != null) {
            fail(ctx, problem);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != RequestClock.Expired.REQUEST) {
            ctx.fireUserEventTriggered(event);
        } else if (!broken) {
            fail(
                    ctx,
                    new HttpProblem(
                            408,
                            "the request took longer than " + limits.request().toSeconds() + " s"));
        }
    }

    private @Nullable HttpProblem begin(ChannelHandlerContext ctx, HttpRequest head) {
        if (head.protocolVersion().majorVersion() != 1) {
            return new HttpProblem(505, "only HTTP/1.0 and HTTP/1.1");
        }
        if (head.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
            return new HttpProblem(400, "more than one Host header");
        }
        if (HttpUtil.getContentLength(head, 0L) > limits.bodyBytes()) {
            return tooLong();
        }
        String expected = head.headers().get(HttpHeaderNames.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            return new HttpProblem(417, "only Expect: 100-continue");
        }
        if (expected != null && head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        request = head;
        body.reset();
        return null;
    }

    private @Nullable HttpProblem add(ChannelHandlerContext ctx, HttpContent content) throws IOException {
        int length = content.content().readableBytes();
        if (body.size() + length > limits.bodyBytes()) {
            return tooLong();
        }
        content.content().readBytes(body, length);
        HttpRequest head = request;
        if (content instanceof LastHttpContent && head != null) {
            request = null;
            ctx.fireChannelRead(new HttpCall(
                    head.method(),
                    head.uri(),
                    head.protocolVersion(),
                    head.headers(),
                    body.toByteArray(),
                    (InetSocketAddress) ctx.channel().remoteAddress(),
                    ctx.pipeline().get(SslHandler.class) != null));
        }
        return null;
    }

    private void fail(ChannelHandlerContext ctx, HttpProblem problem) {
        broken = true;
        body.reset();
        ctx.fireChannelRead(problem);
    }

    private HttpProblem tooLong() {
        return new HttpProblem(413, "the content is longer than " + limits.bodyBytes() + " bytes");
    }

    private @Nullable HttpProblem undecoded(DecoderResult result) {
        if (result.isSuccess()) {
            return null;
        }
        if (result.cause() instanceof TooLongHttpLineException) {
            return new HttpProblem(414, "the request line is longer than " + limits.lineBytes() + " bytes");
        }
        return result.cause() instanceof TooLongHttpHeaderException
                ? new HttpProblem(
                        HEADER_FIELDS_TOO_LARGE, "the headers are longer than " + limits.headerBytes() + " bytes")
                : new HttpProblem(400, "not an HTTP/1.1 request");
    }
}
