// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JVM has a proxy that answers each request itself, with 502. */
class HttpCallerTest {
    private static final Duration TIME = Duration.ofSeconds(30);

    private final ProxySelector before = ProxySelector.getDefault();
    private HttpServer server;
    private HttpServer proxy;

    @BeforeEach
    void start() throws IOException {
        server = answering(204);
        proxy = answering(502);
        ProxySelector.setDefault(ProxySelector.of(proxy.getAddress()));
    }

    @AfterEach
    void stop() {
        ProxySelector.setDefault(before);
        server.stop(0);
        proxy.stop(0);
    }

    @Test
    void theHookAndKeySetsUseNoProxy() throws IOException {
        assertThat(status(HttpCaller.create(null, TIME, ForkJoinPool.commonPool())))
                .isEqualTo(204);
    }

    @Test
    void webhooksUseNoProxy() {
        assertThat(status(HttpCaller.create(TIME))).isEqualTo(204);
    }

    private int status(HttpCaller caller) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return caller.send(HttpRequest.newBuilder(address).build(), TIME, 100)
                .join()
                .status();
    }

    private static HttpServer answering(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
