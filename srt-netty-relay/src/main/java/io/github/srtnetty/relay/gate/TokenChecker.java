// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.gate;

import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.http.Worker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Compares tokens with salted hashes on a {@link Worker}, and remembers the results under a keyed hash, so that a
 * client that polls does not cost 50 ms each time. No token is kept. Any thread.
 */
final class TokenChecker {
    /** The least recently used one is removed. */
    private static final int MOST_REMEMBERED = 1000;

    private static final String HMAC = "HmacSHA256";

    /** A result; valid as long as the configuration has the same tokens. */
    private record Result(List<ApiToken> tokens, @Nullable ApiToken token) {}

    private final Worker worker;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, Result> results = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Result> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    TokenChecker(Worker worker) {
        this.worker = worker;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    /** Returns which token was sent, empty where none of them. */
    CompletionStage<Optional<ApiToken>> check(String sent, List<ApiToken> tokens) {
        if (!TokenHash.isPossible(sent)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ByteBuffer name = ByteBuffer.wrap(hmac(sent));
        Result known = result(name);
        if (known != null && known.tokens.equals(tokens)) {
            return CompletableFuture.completedFuture(Optional.ofNullable(known.token));
        }
        return worker.run(() -> {
            ApiToken found = null;
            for (ApiToken token : tokens) { // all of them, so the time reveals nothing
                found = token.hash().matches(sent) ? token : found;
            }
            remember(name, new Result(tokens, found));
            return Optional.ofNullable(found);
        });
    }

    private synchronized @Nullable Result result(ByteBuffer name) {
        return results.get(name);
    }

    private synchronized void remember(ByteBuffer name, Result result) {
        results.put(name, result);
    }

    private byte[] hmac(String sent) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(sent.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
