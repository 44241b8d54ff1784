// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.JsonTree;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags of settings: keyed hashes, because settings hold secrets and a plain hash would let them be guessed. The
 * key is that of this process, and so are the tags.
 */
final class ETags {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 16;

    private final SecretKeySpec key;

    ETags() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    String of(Map<String, @Nullable Object> settings) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] hash = mac.doFinal(JsonTree.text(settings).getBytes(StandardCharsets.UTF_8));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)) + '"';
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /**
     * Checks the conditions of a request that changes settings.
     *
     * @param before the settings until now, null without any
     * @throws HttpProblem 412 if a condition is not met, 428 if settings exist and there is no condition
     */
    void check(HttpCall call, @Nullable Map<String, @Nullable Object> before) {
        String wanted = call.headers().get(HttpHeaderNames.IF_MATCH);
        String unwanted = call.headers().get(HttpHeaderNames.IF_NONE_MATCH);
        if (wanted == null && unwanted == null && before != null) {
            throw new HttpProblem(
                    428, "send If-Match with the ETag of the settings as last read, or If-Match: * for any");
        }
        if (wanted != null && !matches(wanted, before) || unwanted != null && matches(unwanted, before)) {
            HttpProblem failed = new HttpProblem(412, "the settings have changed; read them again");
            throw before == null ? failed : failed.with("etag", of(before));
        }
    }

    private boolean matches(String header, @Nullable Map<String, @Nullable Object> before) {
        if (before == null) {
            return false;
        }
        String tag = of(before);
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(part -> part.equals("*") || part.equals(tag));
    }
}
