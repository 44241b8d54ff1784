// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.HookRules;
import io.github.srtnetty.relay.auth.HookRules.Mode;
import io.github.srtnetty.relay.auth.HookRules.WhenDown;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hook with https: it is asked only where its certificate is trusted and has its name. */
class HookTlsTest {
    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void asksAServerWhoseCertificateIsInTheFile() throws Exception {
        X509Bundle bundle = bundle().addSanDnsName("localhost").buildSelfSigned();

        assertThat(answer(bundle, pem(bundle)).rejection()).isNull();
        assertThat(requests).hasValue(1);
    }

    @Test
    void asksAServerWhoseAuthorityIsInTheFile() throws Exception {
        X509Bundle authority = bundle().buildSelfSigned();
        X509Bundle issued = new CertificateBuilder()
                .subject("CN=hook")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);

        assertThat(answer(issued, pem(authority)).rejection()).isNull();
        assertThat(requests).hasValue(1);
    }

    @Test
    void asksNoServerWithAnotherCertificate() throws Exception {
        X509Bundle bundle = bundle().addSanDnsName("localhost").buildSelfSigned();
        X509Bundle other = bundle().addSanDnsName("localhost").buildSelfSigned();

        assertThat(answer(bundle, pem(other)).rejection()).isEqualTo(SrtRejectReason.DOWN);
        assertThat(answer(bundle, null).rejection())
                .as("the JDK does not trust it either")
                .isEqualTo(SrtRejectReason.DOWN);
        assertThat(requests).hasValue(0);
    }

    @Test
    void asksNoServerWhoseCertificateHasAnotherName_orHasExpired() throws Exception {
        X509Bundle named = bundle().addSanDnsName("hook.example.org").buildSelfSigned();
        assertThat(answer(named, pem(named)).rejection()).isEqualTo(SrtRejectReason.DOWN);
        X509Bundle authority = bundle().buildSelfSigned();
        CertificateBuilder issued = new CertificateBuilder().subject("CN=hook").addSanDnsName("localhost");
        X509Bundle expired = issued.notBefore(Instant.now().minusSeconds(7200))
                .notAfter(Instant.now().minusSeconds(3600))
                .buildIssuedBy(authority);
        assertThat(answer(expired, pem(authority)).rejection()).isEqualTo(SrtRejectReason.DOWN);
        assertThat(requests).hasValue(0);
    }

    @Test
    void doesNotStartWithAFileThatHasNoCertificate() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        for (Path file : new Path[] {empty, text, folder.resolve("missing.pem")}) {
            assertThat(catchThrowable(() -> start(URI.create("https://localhost:1/"), file)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    private static CertificateBuilder bundle() {
        return new CertificateBuilder().subject("CN=hook").setIsCertificateAuthority(true);
    }

    private Path pem(X509Bundle bundle) throws IOException {
        return Files.writeString(folder.resolve("trusted.pem"), bundle.getCertificatePathPEM());
    }

    /** Asks a server that has the certificate of a bundle. */
    private HookAnswer answer(X509Bundle bundle, @Nullable Path authority) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        try (Hook hook = start(uri, authority)) {
            StreamRequest request = new StreamRequest(Role.PLAY, "x", "");
            InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
            HookLookup lookup = hook.lookup(new HookQuestion("read:x", request, peer, false), System.nanoTime());
            return ((HookLookup.Asking) lookup).answer().get(60, TimeUnit.SECONDS);
        } finally {
            server.stop(0);
        }
    }

    private static Hook start(URI uri, @Nullable Path authority) throws IOException {
        HookRules rules = new HookRules(
                uri, true, Mode.HOLD, Duration.ofSeconds(30), 10, WhenDown.DENY, null, authority, Set.of(Role.PLAY));
        return Hook.start(rules, Map.of(), new HookCounts());
    }
}
