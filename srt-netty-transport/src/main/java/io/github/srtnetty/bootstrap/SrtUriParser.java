// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.PercentText;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parser of one {@link SrtUri}; fails with an {@link SrtSyntaxException} that has the position. */
final class SrtUriParser {
    private static final String SCHEME = SrtUriParts.SCHEME;
    private static final String LOCAL_ADDRESS = "the local address";
    private static final String LOCAL_PORT = "the local port";

    /** Java's replacement for bytes that it cannot decode; it would make two different passphrases equal. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String text;
    private final Function<String, SrtPassphrase> passphrases;
    private final Map<SrtOption<?>, Object> options = new LinkedHashMap<>();
    /** Each setting that an address may have only once, with the key that has set it. */
    private final Map<String, String> set = new HashMap<>();

    private String host = "";
    private int port;
    private @Nullable SrtConnectionMode mode;
    private @Nullable String localHost;
    private int localPort;
    private @Nullable SrtPassphrase passphrase;

    /** Creates a parser of {@code text}; {@code passphrases} reads the value of its passphrase. */
    SrtUriParser(String text, Function<String, SrtPassphrase> passphrases) {
        this.text = text;
        this.passphrases = passphrases;
    }

    SrtUriParts parse() {
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw wrong(0, "must start with " + SCHEME);
        }
        requireReadable();
        int question = text.indexOf('?');
        parseAuthority(SCHEME.length(), question < 0 ? text.length() : question);
        int start = question < 0 ? text.length() : question + 1;
        while (start < text.length()) {
            int ampersand = text.indexOf('&', start);
            int end = ampersand < 0 ? text.length() : ampersand;
            if (start < end) {
                parsePair(start, end);
            }
            start = end + 1;
        }
        return parts();
    }

    private SrtUriParts parts() {
        SrtConnectionMode found = mode != null ? mode : defaultMode();
        if (found == SrtConnectionMode.LISTENER) {
            requireOneLocalAddress();
        } else if (host.isEmpty() || port == 0) {
            throw wrong(
                    SCHEME.length(), "a " + found.name().toLowerCase(Locale.ROOT) + " needs the peer's host and port");
        }
        return new SrtUriParts(found, host, port, localHost, localPort, options, passphrase);
    }

    private SrtConnectionMode defaultMode() {
        if (host.isEmpty()) {
            return SrtConnectionMode.LISTENER;
        }
        return localHost != null ? SrtConnectionMode.RENDEZVOUS : SrtConnectionMode.CALLER;
    }

    private void requireReadable() {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw wrong(i, "has a control character; a value may have it percent-encoded");
            }
            if (text.charAt(i) == REPLACEMENT) {
                throw wrong(i, "has U+FFFD, Java's replacement for bytes that are not UTF-8; percent-encode them");
            }
        }
    }

    private void requireOneLocalAddress() {
        if (localPort != 0 && localPort != port) {
            throw wrong(SCHEME.length(), "a listener on port " + port + " cannot bind port " + localPort);
        }
        boolean anyHost = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
        if (!anyHost && localHost != null && !localHost.equals(host)) {
            throw wrong(SCHEME.length(), "a listener has only one local address; use " + host + " or " + localHost);
        }
    }

    private void parseAuthority(int start, int end) {
        int at = text.lastIndexOf('@', end - 1);
        if (at >= start) {
            throw wrong(start, "has a user name; SRT has none, use streamid= and passphrase=");
        }
        int last = end > start && text.charAt(end - 1) == '/' ? end - 1 : end;
        int slash = text.indexOf('/', start);
        if (slash >= 0 && slash < last) {
            throw wrong(slash, "has a path; SRT has none, name a stream with streamid=");
        }
        int colon = text.startsWith("[", start) ? parseBracketed(start, last) : parseName(start, last);
        if (colon < start || colon >= last || text.charAt(colon) != ':') {
            throw wrong(last, "has no port: " + SCHEME + "host:port");
        }
        String number = text.substring(colon + 1, last);
        boolean mayBeSecret = text.indexOf('@') >= 0; // user:secret@, with a ? or / in the secret
        boolean digits = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
        String part = mayBeSecret ? "port" : digits ? "port " + number : "port \"" + number + '"';
        port = read(colon + 1, part, () -> SrtUriHost.port(number));
    }

    private int parseBracketed(int start, int last) {
        int close = text.indexOf(']', start);
        if (close < 0 || close >= last) {
            throw wrong(start, "the bracket of the IPv6 address is not closed");
        }
        String inside = text.substring(start + 1, close);
        host = read(start, "[" + inside + ']', () -> SrtUriHost.bracketed(inside));
        return close + 1;
    }

    private int parseName(int start, int last) {
        String authority = text.substring(start, last);
        int colon = authority.lastIndexOf(':');
        String name = colon < 0 ? authority : authority.substring(0, colon);
        if (name.indexOf(':') >= 0) {
            throw wrong(start, "an IPv6 address must stand in brackets: srt://[::1]:9000");
        }
        host = read(start, "the host", () -> SrtUriHost.name(name));
        return colon < 0 ? -1 : start + colon;
    }

    private void parsePair(int start, int end) {
        int equals = text.indexOf('=', start);
        if (equals <= start || equals >= end) {
            throw wrong(start, "the part is not key=value; write %26 for & in a value");
        }
        String key = text.substring(start, equals);
        if (!SrtUriText.isKey(key)) {
            throw unknownKey(start, key);
        }
        String value = decoded(key, equals + 1, end);
        switch (key) {
            case "mode" -> mode = read(start, key, value, "mode", SrtUriValue::mode);
            case "adapter" -> localHost = read(start, key, value, LOCAL_ADDRESS, this::localHost);
            case "port" -> localPort = read(start, key, value, LOCAL_PORT, SrtUriHost::port);
            case "bind" -> parseBind(start, key, value);
            case "blocking" ->
                read(start, key, value, key, flag -> {
                    SrtUriValue.requireFalse(flag);
                    return flag;
                });
            case "timeout" -> {
                option(start, key, SrtOptions.SRTO_SNDTIMEO, value);
                option(start, key, SrtOptions.SRTO_RCVTIMEO, value);
            }
            case "tsbpd" -> option(start, key, SrtOptions.SRTO_TSBPDMODE, value);
            default -> option(start, key, SrtUriText.option(key), value);
        }
    }

    private void parseBind(int start, String key, String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            throw wrong(start, "bind=" + value + ": must be address:port");
        }
        localHost = read(start, key, value.substring(0, colon), LOCAL_ADDRESS, this::localHost);
        localPort = read(start, key, value.substring(colon + 1), LOCAL_PORT, SrtUriHost::port);
    }

    private @Nullable String localHost(String value) {
        return value.isEmpty() ? null : SrtUriHost.local(value);
    }

    private <T> void option(int start, String key, SrtOption<T> option, String value) {
        setOnce(start, key, option.name());
        String plain = value;
        if (option == SrtOptions.SRTO_PASSPHRASE) {
            passphrase = read(start, key + ':', () -> passphrases.apply(value));
            plain = passphrase.value();
        }
        String parsed = plain;
        options.put(option, read(start, key + ':', () -> SrtUriValue.parse(option, parsed)));
    }

    private <T> T read(int start, String key, String value, String target, Function<String, T> reader) {
        setOnce(start, key, target);
        return read(start, key + '=' + value + ':', () -> reader.apply(value));
    }

    /** Reads a part; a part that the reader rejects is an error at {@code start}. */
    private <T> T read(int start, String part, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            SrtSyntaxException wrong = wrong(start, part + ' ' + e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }

    private void setOnce(int start, String key, String target) {
        String before = set.put(target, key);
        if (before != null) {
            throw wrong(
                    start,
                    before.equals(key)
                            ? "the key " + key + " is given twice"
                            : "the keys " + before + " and " + key + " both set " + target);
        }
    }

    private String decoded(String key, int start, int end) {
        String value = text.substring(start, end);
        int wrong = PercentText.wrongEscape(value);
        if (wrong >= 0) {
            throw wrong(
                    start + wrong,
                    key + ": % must be followed by two hexadecimal digits; write %25 for a percent sign");
        }
        try {
            String decoded = PercentText.decoded(value);
            if (decoded.indexOf('\0') >= 0) {
                throw wrong(start, key + ": has a zero byte");
            }
            return decoded;
        } catch (CharacterCodingException e) {
            throw wrong(start, key + ": is not UTF-8");
        }
    }

    private SrtSyntaxException unknownKey(int start, String key) {
        if (key.equals(SrtOptions.SRTO_RENDEZVOUS.uriKey())) {
            return wrong(start, "unknown key \"rendezvous\"; write mode=rendezvous");
        }
        String nearest = SrtUriText.nearestKey(key);
        // a passphrase with a raw & continues in what looks like the next key: quoted only if it is masked nowhere
        boolean shown = nearest != null || SrtUriText.masked(text).contains(key + '=');
        return wrong(
                start,
                "unknown key" + (shown ? " \"" + key + '"' : "")
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }

    private SrtSyntaxException wrong(int position, String rule) {
        String message = SrtUriText.masked(text) + ": " + rule + " (position " + position + ")";
        return new SrtSyntaxException(PeerText.printable(message), position);
    }
}
