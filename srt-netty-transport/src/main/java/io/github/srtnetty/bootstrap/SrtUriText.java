// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.PercentText;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.Suggestions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys, percent-encoding (RFC 3986, 2.1) and masking of {@code srt://} addresses. */
final class SrtUriText {
    private static final String MASK = SrtPassphrase.MASK;
    private static final List<String> OWN_KEYS =
            List.of("mode", "adapter", "port", "bind", "blocking", "timeout", "tsbpd");
    /** Characters that are not encoded in a value, in addition to letters and digits. */
    private static final String KEPT = "-._~!$'()*,;:@/?#=+[]";

    private static final Set<String> KEYS = Stream.concat(
                    OWN_KEYS.stream(),
                    SrtOptions.all().stream().filter(SrtUriText::hasKey).map(SrtOption::uriKey))
            .collect(Collectors.toUnmodifiableSet());

    private SrtUriText() {}

    /** Returns whether an address may have the key. */
    static boolean isKey(String key) {
        return KEYS.contains(key);
    }

    /** Returns the option of libsrt that a key names. */
    static SrtOption<?> option(String key) {
        return Objects.requireNonNull(SrtOptions.byUriKey(key));
    }

    /** Returns whether an option can be written in an address. */
    static boolean hasKey(SrtOption<?> option) {
        return option.isWritable() && option != SrtOptions.SRTO_RENDEZVOUS;
    }

    /** Returns the key that is most similar to a wrong one, or null if none is similar. */
    static @Nullable String nearestKey(String wrong) {
        return Suggestions.nearest(PercentText.lenientlyDecoded(wrong), KEYS);
    }

    /** Returns the value as it is written in an address. */
    static String encoded(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean kept = b > ' ' && (Character.isLetterOrDigit(b) || KEPT.indexOf(b) >= 0);
            if (kept) {
                text.append((char) b);
            } else {
                text.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return text.toString();
    }

    /** Returns the address, valid or not, without user name, passphrase, tokens and values of unknown keys. */
    static String masked(String text) {
        int scheme = text.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + "://".length();
        int question = text.indexOf('?', start);
        int end = question < 0 ? text.length() : question;
        int at = text.lastIndexOf('@');
        if (at > end && text.substring(start, end).matches("(\\[[^]@]*]|[^:/@]*):[0-9]*/?")) {
            at = text.lastIndexOf('@', end);
        }
        StringBuilder shown = new StringBuilder(text.length()).append(text, 0, start);
        int from = start;
        if (at > start) {
            shown.append(MASK);
            from = at;
        }
        int query = text.indexOf('?', from);
        shown.append(text, from, query < 0 ? text.length() : query);
        if (query >= 0) {
            maskQuery(text.substring(query + 1), shown.append('?'));
        }
        return shown.toString();
    }

    private static void maskQuery(String query, StringBuilder shown) {
        boolean secretBefore = false;
        String separator = "";
        for (String pair : query.split("&", -1)) {
            shown.append(separator).append(maskedPair(pair, secretBefore));
            separator = "&";
            // a passphrase with a raw & continues in the next pair
            secretBefore = !pair.isEmpty() && maskedPair(pair, false).endsWith(MASK);
        }
    }

    private static String maskedPair(String pair, boolean secretBefore) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        boolean known = isKey(key);
        if (equals < 0) {
            return pair.isEmpty() || known ? pair : MASK;
        }
        String value = pair.substring(equals + 1);
        if (key.equals(SrtOptions.SRTO_PASSPHRASE.uriKey())) {
            return key + '=' + (SrtPassphrase.isReference(value) ? value : MASK);
        }
        if (key.equals(SrtOptions.SRTO_STREAMID.uriKey())) {
            String id = PercentText.lenientlyDecoded(value);
            String shownId = SrtStreamId.mask(id);
            return key + '=' + (shownId.equals(id) ? value : encoded(shownId));
        }
        if (known) {
            return pair;
        }
        return (secretBefore && nearestKey(key) == null ? MASK : key) + '=' + MASK;
    }
}
