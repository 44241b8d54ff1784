// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@link SrtUri}. */
final class SrtUriParser {
    private static final String SCHEME = "srt://";
    private static final int MAX_PORT = 65535;

    private final String text;
    private final Map<SrtOption<?>, Object> options = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private String host = "";
    private int port;
    private @Nullable SrtMode mode;
    private @Nullable String adapter;
    private int localPort;

    SrtUriParser(String text) {
        this.text = text;
    }

    SrtUri parse() {
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw wrong("must start with " + SCHEME);
        }
        int question = text.indexOf('?');
        parseAuthority(text.substring(SCHEME.length(), question < 0 ? text.length() : question));
        if (question >= 0) {
            for (String pair : text.substring(question + 1).split("&")) {
                if (!pair.isEmpty()) {
                    parsePair(pair);
                }
            }
        }
        SrtMode found = mode != null ? mode : defaultMode();
        if (found != SrtMode.LISTENER && (host.isEmpty() || port == 0)) {
            throw wrong("a " + found.name().toLowerCase(Locale.ROOT) + " needs host and port of the peer");
        }
        return new SrtUri(found, host, port, adapter, localPort, options);
    }

    private SrtMode defaultMode() {
        if (host.isEmpty()) {
            return SrtMode.LISTENER;
        }
        return adapter != null ? SrtMode.RENDEZVOUS : SrtMode.CALLER;
    }

    private void parseAuthority(String authority) {
        String rest = authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
        if (rest.indexOf('/') >= 0) {
            throw wrong("has a path; SRT has none, name a stream by streamid=");
        }
        if (rest.indexOf('@') >= 0) {
            throw wrong("has a user name; SRT has none, use streamid= and passphrase=");
        }
        int colon;
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            if (end < 0) {
                throw wrong("the bracket of the IPv6 address is not closed");
            }
            host = rest.substring(1, end);
            colon = end + 1;
        } else {
            colon = rest.lastIndexOf(':');
            host = colon < 0 ? rest : rest.substring(0, colon);
            if (host.indexOf(':') >= 0) {
                throw wrong("an IPv6 address must stand in brackets: srt://[::1]:9000");
            }
        }
        if (colon < 0 || colon >= rest.length() || rest.charAt(colon) != ':') {
            throw wrong("has no port: " + SCHEME + "host:port");
        }
        port = parsePort("port", rest.substring(colon + 1));
    }

    private void parsePair(String pair) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw wrong("\"" + pair + "\" is not key=value");
        }
        String key = pair.substring(0, equals);
        String value = percentDecoded(key, pair.substring(equals + 1));
        if (!seen.add(key)) {
            throw wrong("the key " + key + " is given twice");
        }
        switch (key) {
            case "mode" -> mode = parseMode(value);
            case "adapter" -> adapter = emptyToNull(value);
            case "port" -> localPort = parsePort(key, value);
            case "bind" -> parseBind(value);
            case "blocking" -> requireNonBlocking(value);
            case "timeout" -> {
                option(key, SrtOptions.SRTO_SNDTIMEO, value);
                option(key, SrtOptions.SRTO_RCVTIMEO, value);
            }
            case "tsbpd" -> option(key, SrtOptions.SRTO_TSBPDMODE, value);
            case "transtype" -> options.put(SrtOptions.SRTO_TRANSTYPE, parseTransmissionType(value));
            default -> {
                SrtOption<?> option = SrtOptions.byUriKey(key);
                if (option == null || !option.isWritable()) {
                    throw wrong("unknown key \"" + key + "\"");
                }
                option(key, option, value);
            }
        }
    }

    private void option(String key, SrtOption<?> option, String value) {
        try {
            options.put(option, option.parse(option.unit().equals("ms") ? inMillis(value) : value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown() + ": " + key + ": " + e.getMessage(), e);
        }
    }

    /** Takes a unit off a time: {@code 200ms}, {@code 200000us} and {@code 2s} all mean milliseconds in the end. */
    private static String inMillis(String value) {
        String number = value.replaceFirst("(us|ms|s)$", "");
        if (value.endsWith("us")) {
            return Long.toString(Long.decode(number) / 1000);
        }
        if (value.endsWith("s") && !value.endsWith("ms")) {
            return Long.toString(Math.multiplyExact(Long.decode(number), 1000));
        }
        return number;
    }

    private void parseBind(String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            throw wrong("bind=" + value + ": must be address:port");
        }
        String address = value.substring(0, colon);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        adapter = emptyToNull(bracketed ? address.substring(1, address.length() - 1) : address);
        localPort = parsePort("bind", value.substring(colon + 1));
    }

    private SrtMode parseMode(String value) {
        return switch (value) {
            case "caller", "client" -> SrtMode.CALLER;
            case "listener", "server" -> SrtMode.LISTENER;
            case "rendezvous" -> SrtMode.RENDEZVOUS;
            default -> throw wrong("mode=" + value + ": must be caller, listener or rendezvous");
        };
    }

    private int parseTransmissionType(String value) {
        return switch (value) {
            case "live", "0" -> 0;
            case "file", "1" -> 1;
            default -> throw wrong("transtype=" + value + ": must be live or file");
        };
    }

    private int parsePort(String key, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= MAX_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw (IllegalArgumentException)
                    wrong(key + " \"" + value + "\" is not a number").initCause(e);
        }
        throw wrong(key + " " + value + " is not between 0 and " + MAX_PORT);
    }

    private void requireNonBlocking(String value) {
        if (!value.equals("0") && !value.equals("no") && !value.equals("off") && !value.equals("false")) {
            throw wrong("blocking=" + value + ": an event loop must not block");
        }
    }

    private String percentDecoded(String key, String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out[length++] = bytes[i];
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low < 0) {
                throw wrong(key + ": % must be followed by two hexadecimal digits; write %25 for a percent sign");
            }
            out[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static @Nullable String emptyToNull(String value) {
        return value.isEmpty() ? null : value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(shown() + ": " + what);
    }

    private String shown() {
        return text.replaceAll("passphrase=[^&]*", "passphrase=***");
    }
}
