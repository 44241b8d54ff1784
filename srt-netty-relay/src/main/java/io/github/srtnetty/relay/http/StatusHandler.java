// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.github.srtnetty.relay.config.RelaySetting;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers GET, HEAD and OPTIONS on three paths, and closes after the answer. */
final class StatusHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private static final Set<String> PATHS = Set.of("/metrics", "/streams", "/healthz");

    private final StatusView view;
    private final RelayMetrics metrics;
    private final String ownHost;
    private boolean answered;

    StatusHandler(StatusView view, RelayMetrics metrics, String ownHost) {
        this.view = view;
        this.ownHost = ownHost;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (answered || !(message instanceof HttpRequest request)) {
            return; // a body: nobody wants it
        }
        answered = true;
        FullHttpResponse response =
                request.decoderResult().isSuccess() ? answer(request) : plain(HttpResponseStatus.BAD_REQUEST);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the client went away, or sent no HTTP
    }

    private FullHttpResponse answer(HttpRequest request) {
        RequestTarget target = RequestTarget.of(request.uri());
        if (!isOurs(request, target.authority())) {
            return plain(HttpResponseStatus.MISDIRECTED_REQUEST);
        }
        boolean options = request.method().equals(HttpMethod.OPTIONS);
        String path = target.path();
        if (!PATHS.contains(path) && !(options && path.equals("*"))) {
            return plain(HttpResponseStatus.NOT_FOUND);
        }
        if (options) {
            return allowing(page(HttpResponseStatus.OK, TEXT, ""));
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return allowing(plain(HttpResponseStatus.METHOD_NOT_ALLOWED));
        }
        return switch (path) { // the codec leaves the content out of the answer to HEAD
            case "/metrics" -> page(HttpResponseStatus.OK, PROMETHEUS, metrics.scrape());
            case "/streams" -> page(HttpResponseStatus.OK, JSON, StreamsPage.write(view));
            default -> health();
        };
    }

    private static FullHttpResponse allowing(FullHttpResponse response) {
        response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD, OPTIONS");
        return response;
    }

    /**
     * A page of a stranger in a browser on this machine can have its own host name resolve to us and would read the
     * answer, so a name must be one of ours. An address cannot be taken over in this way. Old clients without a Host
     * are no browsers. The host of a target in absolute form counts instead of the header's (RFC 9112, 3.2.2).
     */
    private boolean isOurs(HttpRequest request, @Nullable String authority) {
        String host = authority == null ? request.headers().get(HttpHeaderNames.HOST) : authority;
        if (host == null) {
            return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        }
        String name = host.replaceFirst(":\\d*$", "");
        return !name.isEmpty() && isOurs(name);
    }

    private boolean isOurs(String name) {
        return NetUtil.isValidIpV4Address(name)
                || name.startsWith("[") && name.endsWith("]") && NetUtil.isValidIpV6Address(name)
                || name.equalsIgnoreCase("localhost")
                || name.equalsIgnoreCase(ownHost)
                || name.equalsIgnoreCase(view.state().rules().text(RelaySetting.HTTP_HOST));
    }

    private FullHttpResponse health() {
        return view.state().isDraining()
                ? page(HttpResponseStatus.SERVICE_UNAVAILABLE, TEXT, "draining\n")
                : page(HttpResponseStatus.OK, TEXT, "ok\n");
    }

    private static FullHttpResponse plain(HttpResponseStatus status) {
        return page(status, TEXT, status.reasonPhrase() + "\n");
    }

    private static FullHttpResponse page(HttpResponseStatus status, String type, String text) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }
}
