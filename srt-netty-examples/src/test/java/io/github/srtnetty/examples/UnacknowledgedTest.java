// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpProxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Senders whose last packets are lost, although their peer is there: libsrt does not send those again. */
@Tag("slow")
@Timeout(120)
class UnacknowledgedTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final int PACKETS = 20;
    private static final int PASSED = 15;

    @TempDir
    Path folder;

    @Test
    void failsSend() throws Exception {
        assertFails("has acknowledged nothing for 10 s; it may not have the last ", "send", input(), "--bitrate", "2M");
    }

    @Test
    void failsTransmit() throws Exception {
        assertFails("has not acknowledged the last ", "transmit", input());
    }

    @Test
    void failsMessageSend() throws Exception {
        int port = Peer.freePort();
        try (Peer listener = Cli.start("message", "listen", listener(port));
                UdpProxy network = network(port)) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", address(network))) {
                sender.input().write("line\n".repeat(PACKETS).getBytes(StandardCharsets.US_ASCII));
                sender.input().close();
                assertFailed(sender, "has not acknowledged the last ");
            }
            assertThat(listener.outputFile()).exists();
        }
    }

    private String input() throws Exception {
        return Files.write(folder.resolve("in.bin"), new byte[PACKETS * 1316]).toString();
    }

    private static void assertFails(String message, String... command) throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("receive", listener(port), "-o", "-");
                UdpProxy network = network(port)) {
            Peer.awaitBound(port);
            String[] whole = Arrays.copyOf(command, command.length + 1);
            whole[command.length] = address(network);
            try (Peer sender = Cli.start(whole)) {
                assertFailed(sender, message);
            }
            assertThat(receiver.outputFile()).exists();
        }
    }

    private static void assertFailed(Peer sender, String message) throws Exception {
        assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isEqualTo(1);
        assertThat(Cli.errors(sender)).contains(message);
    }

    private static UdpProxy network(int port) throws Exception {
        return new UdpProxy(new InetSocketAddress("127.0.0.1", port), 1)
                .withholdingDataAfter(PASSED)
                .start();
    }

    private static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener";
    }

    private static String address(UdpProxy network) {
        return "srt://127.0.0.1:" + network.address().getPort() + "?conntimeo=20000";
    }
}
