// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.PercentText;
import io.netty.util.NetUtil;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/** Hosts and ports of {@code srt://} addresses. All methods throw {@link IllegalArgumentException} with the rule. */
final class SrtUriHost {
    private static final int MAX_PORT = 65535;
    private static final int MOST_DIGITS = 9;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+");
    /** The names that a zone may have: unreserved characters (RFC 6874), and {@code @} in Linux virtual interfaces. */
    private static final Pattern ZONE = Pattern.compile("[-A-Za-z0-9._~@]+");

    private static final String ENCODED_PERCENT = "%25";

    private SrtUriHost() {}

    /** Reads a port: digits only. */
    static int port(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new IllegalArgumentException("is not a number");
        }
        int port = text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text);
        if (port > MAX_PORT) {
            throw new IllegalArgumentException("is not between 0 and " + MAX_PORT);
        }
        return port;
    }

    /** Reads a host name or an IPv4 address. */
    static String name(String text) {
        if (!text.codePoints().allMatch(SrtUriHost::isOfName)) {
            throw new IllegalArgumentException("is not a host: letters, digits, - . _ only");
        }
        return text;
    }

    /**
     * Reads the text between the brackets of an authority: an IPv6 address, optionally with a zone after {@code %25}
     * (RFC 6874), or after a bare percent sign as other programs write it.
     */
    static String bracketed(String text) {
        int percent = text.indexOf('%');
        if (percent < 0 || !text.startsWith(ENCODED_PERCENT, percent)) {
            return ipv6(text);
        }
        String zone = text.substring(percent + ENCODED_PERCENT.length());
        try {
            if (PercentText.wrongEscape(zone) < 0) {
                return ipv6(text.substring(0, percent) + '%' + PercentText.decoded(zone));
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("has a zone that is not UTF-8", e);
        }
        throw new IllegalArgumentException("has a zone with a bare %");
    }

    /** Reads an IPv6 address, optionally with a zone after a percent sign. */
    static String ipv6(String text) {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        if (!IPV6.matcher(address).matches() || !NetUtil.isValidIpV6Address(address)) {
            throw new IllegalArgumentException("is not an IPv6 address");
        }
        if (percent >= 0 && !ZONE.matcher(text.substring(percent + 1)).matches()) {
            throw new IllegalArgumentException("has no zone after %, or an invalid one");
        }
        return text;
    }

    /** Reads a local address: a name, an IPv4 address, or an IPv6 address with or without brackets. */
    static String local(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return ipv6(text.substring(1, text.length() - 1));
        }
        return text.indexOf(':') >= 0 ? ipv6(text) : name(text);
    }

    private static boolean isOfName(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || c == '-'
                || c == '.'
                || c == '_'
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
