// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server of a webhook: keeps each request with its signature, and has a test write the answer. */
final class WebhookServer implements AutoCloseable {
    /** A request. */
    record Request(String method, String signature, String delivery, String attempt, String body) {
        boolean isSignedWith(String secret) {
            long seconds = Long.parseLong(signature.replaceAll("t=([0-9]+),.*", "$1"));
            return Signature.of(secret, seconds, body.getBytes(StandardCharsets.UTF_8))
                    .equals(signature);
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange, int count) throws IOException;
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    WebhookServer(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(request(exchange));
            try (exchange) {
                answer.to(exchange, requests.size());
            }
        });
        server.start();
    }

    static Answer status(int... statuses) {
        return (exchange, count) -> exchange.sendResponseHeaders(statuses[Math.min(count, statuses.length) - 1], -1);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Request request(HttpExchange exchange) {
        try {
            return new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst(Signature.HEADER),
                    exchange.getRequestHeaders().getFirst("Srt-Netty-Delivery"),
                    exchange.getRequestHeaders().getFirst("Srt-Netty-Attempt"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
