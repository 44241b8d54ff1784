// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.auth.JwtRules;
import io.github.srtnetty.relay.outgoing.HttpCaller;
import io.github.srtnetty.relay.outgoing.OutgoingThreads;
import io.github.srtnetty.relay.outgoing.Reply;
import io.github.srtnetty.relay.outgoing.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a file or an address, reread in the background. After a failure, the last keys stay; the reason is
 * logged once. Any thread.
 */
final class JwtKeySource implements AutoCloseable {
    static final int MOST_BYTES = 256 << 10;

    private static final Logger LOGGER = LoggerFactory.getLogger(JwtKeySource.class);
    private static final Duration FILE_PERIOD = Duration.ofSeconds(2);
    /** After a failure, and after a token that names an unknown key: strangers can cause it. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration TIME_OUT = Duration.ofSeconds(5);

    private final JwtRules rules;
    private final OutgoingThreads threads = new OutgoingThreads("relay-keys");
    private final HttpCaller caller;
    private final AtomicBoolean planned = new AtomicBoolean();
    private volatile @Nullable JwtKeys keys;
    private byte[] content = {};
    private @Nullable String complaint;

    private JwtKeySource(JwtRules rules) throws IOException {
        this.rules = rules;
        caller = HttpCaller.create(null, TIME_OUT, threads.client());
    }

    /**
     * Reads a file immediately; an address is downloaded in the background.
     *
     * @throws IOException where the file cannot be used
     */
    static JwtKeySource start(JwtRules rules) throws IOException {
        JwtKeySource source = new JwtKeySource(rules);
        Path file = rules.file();
        try {
            if (file != null) {
                source.use(content(file));
            }
        } catch (IOException e) {
            source.close();
            throw new IOException("jwt: " + file + ": " + reason(e), e);
        }
        source.plan(file == null ? Duration.ZERO : FILE_PERIOD);
        return source;
    }

    /** Returns the current keys, null where there are none yet. */
    @Nullable
    JwtKeys keys() {
        return keys;
    }

    /** Rereads the keys, at most every ten seconds, because a token names an unknown one. */
    void refreshSoon() {
        if (rules.url() != null && planned.compareAndSet(false, true)) {
            execute(() -> {
                refresh();
                threads.preparer().schedule(() -> planned.set(false), SOON.toMillis(), TimeUnit.MILLISECONDS);
            });
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    private void plan(Duration delay) {
        try {
            threads.preparer().schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.trace("the relay has ended", e);
        }
    }

    private void look() {
        boolean worked = refresh();
        if (rules.file() != null) {
            plan(FILE_PERIOD);
        } else {
            plan(worked || rules.refresh().compareTo(SOON) < 0 ? rules.refresh() : SOON);
        }
    }

    private boolean refresh() {
        try {
            Path file = rules.file();
            use(file == null ? download(Objects.requireNonNull(rules.url())) : content(file));
            complaint = null;
            return true;
        } catch (IOException e) {
            String now = reason(e);
            if (!now.equals(complaint)) {
                complaint = now;
                LOGGER.warn(
                        "the old keys of JSON Web Tokens stay in use ({}): {}",
                        keys == null ? "none" : keys,
                        PeerText.printable(now));
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Reads a file up to one byte above its limit, as a device has no end. */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private byte[] download(URI url) throws IOException, InterruptedException {
        new Target(url, rules.allowPrivate()).check();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("accept", "application/jwk-set+json, application/json")
                .timeout(TIME_OUT)
                .build();
        try {
            Reply reply = caller.send(request, TIME_OUT, MOST_BYTES).get();
            if (reply.status() != 200) {
                throw new IOException("the address answers with status " + reply.status());
            }
            return reply.body();
        } catch (ExecutionException e) {
            throw new IOException("the address does not answer: " + e.getCause(), e);
        }
    }

    /** Uses a set of keys; one thread at a time: the one that starts, then the preparer. */
    private void use(byte[] json) throws IOException {
        if (keys != null && Arrays.equals(json, content)) {
            return;
        }
        if (json.length > MOST_BYTES) {
            throw new IOException("is longer than " + MOST_BYTES + " bytes");
        }
        JwtKeys read = JwtKeys.parse(json, rules.algorithms(), rules.file() != null);
        read.warmUp(rules);
        content = json;
        keys = read;
        LOGGER.info("JSON Web Tokens are checked with {}", read);
    }

    private void execute(Runnable task) {
        try {
            threads.preparer().execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.trace("the relay has ended", e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
    }
}
