// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request: HMAC-SHA256 with the secret of the webhook over the time in seconds, a dot, and the
 * content, in hexadecimal digits.
 */
final class Signature {
    /** The header. */
    static final String HEADER = "Srt-Netty-Signature";

    private static final String HMAC = "HmacSHA256";

    private Signature() {}

    /** Returns the value of the header, {@code t=SECONDS,v1=HEX}. */
    static String of(String secret, long seconds, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
