// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/** An HTTP server on the loopback interface: sends the answer that was set, after a delay, on two threads. */
public final class HookServer implements AutoCloseable {
    /**
     * An answer.
     *
     * @param status the status code
     * @param body the content
     * @param headers further headers
     */
    public record Answer(int status, String body, Map<String, String> headers) {}

    private record Held(HttpExchange exchange, String question) {}

    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Function<String, Answer> answers = question -> new Answer(204, "", Map.of());
    private volatile long delayMillis;
    private boolean holds;

    private HookServer(HttpServer server) {
        this.server = server;
    }

    /** Starts one that answers 204. */
    public static HookServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
        HookServer server = new HookServer(http);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/auth");
    }

    /** Answers so from now on. */
    public void answer(int status, String body) {
        answer(question -> new Answer(status, body, Map.of()));
    }

    /** Answers so from now on, by the content of the request. */
    public void answer(Function<String, Answer> function) {
        answers = function;
    }

    /** Answers so late from now on. */
    public void delay(Duration time) {
        delayMillis = time.toMillis();
    }

    /** Answers nothing until {@link #release}. */
    public synchronized void hold() {
        holds = true;
    }

    /** Answers what is held, and the requests after it. */
    public void release() {
        synchronized (this) {
            holds = false;
        }
        release(question -> true);
    }

    /** Answers some of what is held. */
    public void release(Predicate<String> question) {
        List<Held> exchanges;
        synchronized (this) {
            exchanges = held.stream().filter(one -> question.test(one.question)).toList();
            held.removeAll(exchanges);
        }
        exchanges.forEach(one -> respond(one.exchange, one.question));
    }

    public int requests() {
        return requests.get();
    }

    /** Returns the contents of the requests. */
    public List<String> questions() {
        return questions;
    }

    public void awaitRequests(int count) {
        Await.until(count + " requests", () -> requests.get() >= count);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        questions.add(question);
        synchronized (this) {
            requests.incrementAndGet();
            if (holds) {
                held.add(new Held(exchange, question));
                return;
            }
        }
        if (delayMillis > 0) {
            threads.schedule(() -> respond(exchange, question), delayMillis, TimeUnit.MILLISECONDS);
        } else {
            respond(exchange, question);
        }
    }

    private void respond(HttpExchange exchange, String question) {
        Answer answer = answers.apply(question);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            out.write(body);
        } catch (IOException e) {
            exchange.close(); // the client left
        }
    }
}
