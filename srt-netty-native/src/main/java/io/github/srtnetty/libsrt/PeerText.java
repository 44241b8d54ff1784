// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Makes text that a peer chose safe to show to a person: in a log, on a terminal or on a page.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class PeerText {
    private PeerText() {}

    /**
     * Returns the text on one line. Control characters (U+0000 to U+001F, U+007F to U+009F), line separators,
     * bidirectional and zero-width characters and lone surrogates are escaped as in Java source, for example {@code
     * \n}, and a backslash as two. Two texts are equal exactly when their escaped forms are.
     */
    public static String printable(String text) {
        if (text.codePoints().noneMatch(PeerText::needsEscape)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(escaped, c));
        return escaped.toString();
    }

    /** Returns {@code address} as {@code host:port}, an IPv6 host in brackets. */
    public static String hostAndPort(InetSocketAddress address) {
        InetAddress inet = address.getAddress();
        String name = inet == null ? address.getHostString() : inet.getHostAddress();
        return (name.indexOf(':') >= 0 ? '[' + name + ']' : name) + ':' + address.getPort();
    }

    private static void append(StringBuilder escaped, int c) {
        if (!needsEscape(c)) {
            escaped.appendCodePoint(c);
            return;
        }
        switch (c) {
            case '\\' -> escaped.append("\\\\");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }

    private static boolean needsEscape(int c) {
        return c == '\\'
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                };
    }
}
