// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.SecretMask;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.PercentText;
import io.github.srtnetty.libsrt.Suggestions;
import io.github.srtnetty.libsrt.WholeNumber;
import io.netty.util.NetUtil;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one {@link UdpAddress}: a value, or an IllegalArgumentException with the position and without secrets. */
final class UdpAddressParser {
    private static final int START = UdpAddress.SCHEME.length();
    private static final int MAX_PORT = 65535;
    private static final int MAX_BYTE = 255;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]*");
    private static final Pattern ZONE = Pattern.compile("[-A-Za-z0-9._~@]+");
    private static final List<String> FLAGS = List.of("1", "yes", "on", "true", "0", "no", "off", "false");

    private final String text;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private UdpAddressParser(String text) {
        this.text = text;
    }

    /** Parses an address; throws an IllegalArgumentException in one line, with the position and without secrets. */
    static UdpAddress parse(String text) {
        return new UdpAddressParser(text).parse();
    }

    private UdpAddress parse() {
        if (!text.regionMatches(true, 0, UdpAddress.SCHEME, 0, START)) {
            throw wrong(0, "must start with " + UdpAddress.SCHEME);
        }
        int question = text.indexOf('?');
        int end = question < 0 ? text.length() : question;
        int colon = text.lastIndexOf(':', end - 1);
        if (colon < START) {
            throw wrong(end, "has no port: " + UdpAddress.SCHEME + "host:port");
        }
        int at = text.lastIndexOf('@', colon);
        if (at > START) {
            source(text.substring(START, at));
        }
        String host = host(Math.max(START, at + 1), colon);
        int last = text.charAt(end - 1) == '/' ? end - 1 : end;
        int port = (int) number(colon + 1, "port", text.substring(colon + 1, last), 1, MAX_PORT);
        int start = end + 1;
        while (start < text.length()) {
            int ampersand = text.indexOf('&', start);
            int pairEnd = ampersand < 0 ? text.length() : ampersand;
            if (start < pairEnd) {
                pair(start, pairEnd);
            }
            start = pairEnd + 1;
        }
        return new UdpAddress(host, port, parameters);
    }

    /** Reads what stands before an {@code @}: the source of a multicast. */
    private void source(String before) {
        if (!isAddress(before)) {
            throw wrong(START, "has a user name; before @ there may be the address of a multicast's source");
        }
        parameters.put("source", bare(before));
    }

    private String host(int start, int end) {
        String host = text.substring(start, end);
        if (!host.isEmpty() && host.charAt(0) == '['
                ? !isAddress(host)
                : !NAME.matcher(host).matches()) {
            throw wrong(start, "has a wrong host: must be a name, an IPv4 address, or an IPv6 address in brackets");
        }
        return bare(host);
    }

    private void pair(int start, int end) {
        int equals = text.indexOf('=', start);
        boolean valued = equals >= start && equals < end;
        String key = text.substring(start, valued ? equals : end);
        if (!UdpAddress.KEYS.contains(key)) {
            throw wrong(
                    start,
                    "unknown key" + (valued ? " \"" + key + '"' : "") + Suggestions.didYouMean(key, UdpAddress.KEYS));
        }
        if (!valued) {
            throw wrong(start, key + " has no value: write " + key + "=...");
        }
        String value = decoded(equals + 1, text.substring(equals + 1, end));
        switch (key) {
            case "ttl", "iptos" -> number(equals + 1, key, value, 0, MAX_BYTE);
            case "rcvbuf", "sndbuf" -> number(equals + 1, key, value, 0, Integer.MAX_VALUE);
            case "mcloop" -> flag(equals + 1, value);
            default -> address(equals + 1, key, value);
        }
        if (parameters.put(key, bare(value)) != null) {
            throw wrong(start, "the key " + key + " is given twice");
        }
    }

    private String decoded(int position, String value) {
        int wrong = PercentText.wrongEscape(value);
        if (wrong >= 0) {
            throw wrong(position + wrong, "% must be followed by two hexadecimal digits");
        }
        try {
            return PercentText.decoded(value);
        } catch (CharacterCodingException e) {
            throw wrong(position, "is not UTF-8");
        }
    }

    private void address(int position, String key, String value) {
        if (!isAddress(value) && !NAME.matcher(value).matches()) {
            throw wrong(position, key + " is not an address");
        }
    }

    private void flag(int position, String value) {
        if (!FLAGS.contains(value)) {
            throw wrong(position, "mcloop must be one of " + String.join(", ", FLAGS));
        }
    }

    private long number(int position, String key, String value, long least, long most) {
        if (!WholeNumber.isUnsigned(value)) {
            throw wrong(position, key + " \"" + value + "\" is not a number");
        }
        long number = WholeNumber.saturated(value);
        if (number < least || number > most) {
            throw wrong(position, key + ' ' + value + " is not between " + least + " and " + most);
        }
        return number;
    }

    /** Returns whether a text is an IP address, one of version 6 in brackets or not, with or without a zone. */
    private static boolean isAddress(String host) {
        String address = bare(host);
        int percent = address.indexOf('%');
        boolean zoned =
                percent >= 0 && ZONE.matcher(address.substring(percent + 1)).matches();
        return NetUtil.isValidIpV4Address(address)
                || NetUtil.isValidIpV6Address(zoned ? address.substring(0, percent) : address)
                        && (percent < 0 || zoned);
    }

    /** Returns a host without brackets, its zone behind a bare percent sign (RFC 6874 writes {@code %25}). */
    private static String bare(String host) {
        boolean bracketed = host.length() > 1 && host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1).replaceFirst("%25", "%") : host;
    }

    private IllegalArgumentException wrong(int position, String rule) {
        return new IllegalArgumentException(
                SecretMask.argument(text) + ": " + PeerText.printable(rule) + " (position " + position + ")");
    }
}
