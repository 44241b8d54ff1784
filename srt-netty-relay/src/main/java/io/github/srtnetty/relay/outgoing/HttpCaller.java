// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests by the JDK's client. Redirects are not followed, and proxies that are configured for the JVM are not
 * used: they would connect to addresses that were not checked. An answer is limited in time, from the first byte of
 * the request to the last byte of the answer, and in length. Any thread; it never blocks.
 */
public final class HttpCaller {
    private final HttpClient client;

    private HttpCaller(HttpClient client) {
        this.client = client;
    }

    /**
     * Creates a client.
     *
     * @param authority a PEM file with the certificates to trust, null for those of the JDK
     * @param connect the time for a connection
     * @param executor runs the client's tasks
     * @throws IOException where the file cannot be used
     */
    public static HttpCaller create(@Nullable Path authority, Duration connect, Executor executor) throws IOException {
        HttpClient.Builder builder = builder(connect).executor(executor);
        if (authority != null) {
            builder.sslContext(trusting(authority));
        }
        return new HttpCaller(builder.build());
    }

    /**
     * Creates a client with threads of its own.
     *
     * @param connect the time for a TCP connection
     */
    public static HttpCaller create(Duration connect) {
        return new HttpCaller(builder(connect).build());
    }

    /** Sends a request; the future fails when the time is over or the answer is too long. */
    public CompletableFuture<Reply> send(HttpRequest request, Duration time, int mostBytes) {
        return send(request, time, () -> LimitedBody.failing(mostBytes));
    }

    /** Sends a request; the future fails when the time is over. The rest of a longer answer is not read. */
    public CompletableFuture<Reply> sendAndCut(HttpRequest request, Duration time, int mostBytes) {
        return send(request, time, () -> LimitedBody.cutting(mostBytes));
    }

    private CompletableFuture<Reply> send(HttpRequest request, Duration time, Supplier<LimitedBody> body) {
        CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(request, info -> body.get());
        CompletableFuture<Reply> reply =
                response.thenApply(answer -> new Reply(answer.statusCode(), answer.headers(), answer.body()));
        reply.orTimeout(time.toMillis(), TimeUnit.MILLISECONDS).whenComplete((answer, failure) -> {
            if (failure != null) {
                response.cancel(true); // closes the connection of a slow answer
            }
        });
        return reply;
    }

    private static HttpClient.Builder builder(Duration connect) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connect);
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException(file + ": contains no PEM certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": contains no usable PEM certificates", e);
        }
    }
}
