// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiRules.TlsFiles;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.http.TlsContext;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP side over TLS, with PEM files that are replaced while it runs. */
class TlsTest {
    @TempDir
    Path folder;

    @Tag("slow")
    @Test
    void servesTheCertificateOfTheFiles_andTheNextOneWithoutARestart() throws Exception {
        write("first");
        try (Harness harness = new Harness(rules())) {
            assertThat(certificate(harness)).contains("CN=first");
            assertThat(harness.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .as("plain HTTP gets no answer")
                    .doesNotContain("200");
            write("second");
            Await.until(
                    "the new certificate is served", () -> certificate(harness).contains("CN=second"));
        }
    }

    @Tag("slow")
    @Test
    void keepsTheCertificate_whereTheNewFilesCannotBeUsed() throws Exception {
        write("first");
        try (Harness harness = new Harness(rules());
                LogRecorder log = new LogRecorder(TlsWatch.class)) {
            replace("key.pem", "-----BEGIN PRIVATE KEY-----\ns3cr3t\n-----END PRIVATE KEY-----\n");
            log.awaitMessage("the old certificate stays in use: cannot use certificate");
            assertThat(certificate(harness)).contains("CN=first");
            assertThat(log.messages().toString()).doesNotContain("s3cr3t");
            Files.delete(folder.resolve("cert.pem"));
            log.awaitMessage("no such file");
            assertThat(certificate(harness)).contains("CN=first");
            write("second");
            Await.until("it recovers", () -> certificate(harness).contains("CN=second"));
        }
    }

    @Test
    void doesNotStartWithoutItsFiles() throws IOException {
        assertThatThrownBy(() -> new Harness(rules()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cert.pem: no such file");
        replace("cert.pem", "nothing");
        replace("key.pem", "nothing");
        assertThatThrownBy(() -> new Harness(rules()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be PEM");
    }

    /** A device has no size, and no end. */
    @Test
    void refusesADeviceWithoutEnd() throws Exception {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "this machine has no " + device);
        write("first");

        assertThatThrownBy(() -> TlsContext.read(folder.resolve("cert.pem"), device))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("/dev/zero is longer than 1048576 bytes");
    }

    private RelayRules rules() {
        TlsFiles files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        return new RelayRules(
                Map.of(),
                Map.of(),
                Map.of(),
                new ApiRules(List.of(), List.of(), List.of(), ProxyHeader.X_FORWARDED_FOR, files));
    }

    private void write(String name) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        replace("key.pem", bundle.getPrivateKeyPEM());
        replace("cert.pem", bundle.getCertificatePathPEM());
    }

    private void replace(String name, String text) throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Asks for health over TLS and returns the name of the server. */
    private static String certificate(Harness harness) {
        InetSocketAddress address = harness.relay().httpAddress();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
                socket.getOutputStream()
                        .write("GET https://localhost/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("ok\n");
                X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                return shown.getSubjectX500Principal().getName();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
