// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.FreePorts;
import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server of docs/relay-events.md takes what the relay signs, and nothing else. */
@Tag("peers")
class WebhookDocsTest {
    private static final Path SERVER = Path.of("deploy", "webhook-server.py");
    private static final String SECRET = "0b7fb0c2a7d24c8d8a0f1e0c4a0a9d11";

    @Test
    void theServerIsInTheChapter() throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "relay-events.md")))
                .contains("```python\n" + Files.readString(SERVER) + "```");
    }

    @Test
    void theServerComparesTheSignature() throws Exception {
        Needs.that(Files.isExecutable(Path.of("/usr/bin/python3")), "python3");
        int port = FreePorts.tcp();
        String script = SERVER.toAbsolutePath().toString();
        try (Peer server = Peer.start("env", "SRT_NETTY_SECRET=" + SECRET, "python3", script, String.valueOf(port));
                Webhooks webhooks = new Webhooks("run")) {
            Await.until("it listens", Duration.ofSeconds(30), () -> isOpen(port));
            webhooks.use(List.of(target("right", port, SECRET), target("wrong", port, "another-secret-of-16")));
            webhooks.accept(
                    new RelayEvent(1, 1, Instant.now(), EventKind.PLAY, "x", "live", "live", Map.of("players", 1L)));
            WebhookCounts right = webhooks.counts().get("right");
            WebhookCounts wrong = webhooks.counts().get("wrong");
            Await.until(
                    "both were answered",
                    () -> right.delivered().sum() == 1 && wrong.dropped().sum() == 1);
            Await.until("both are printed", () -> lines(server).size() == 2);
            assertThat(lines(server))
                    .contains("a request without a valid signature")
                    .anyMatch(line -> line.startsWith("{\"instance\":\"run\",\"number\":1,"));
        }
    }

    /** The lines that are complete: the last one may still be on its way. */
    private static List<String> lines(Peer server) {
        try {
            String printed = new String(server.output(), StandardCharsets.UTF_8);
            return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebhookTarget target(String name, int port, String secret) {
        return new WebhookTarget(name, URI.create("http://127.0.0.1:" + port + "/"), secret, Set.of(), true);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
