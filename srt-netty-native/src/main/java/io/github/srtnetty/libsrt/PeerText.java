// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Makes text that a peer chose safe to show in a log, on a terminal or on a page.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class PeerText {
    /** Default ignorable characters of Unicode, such as fillers; {@link #isInvisible} has ranges of others. */
    private static final String IGNORABLE = "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u3164\uFFA0";

    private PeerText() {}

    /**
     * Returns the text on one line. Control characters (U+0000 to U+001F, U+007F to U+009F), line separators,
     * bidirectional, zero-width and other invisible characters and lone surrogates are escaped as in Java source, for
     * example {@code \n}, and a backslash is doubled. Two texts are equal if and only if their escaped forms are equal.
     */
    public static String printable(String text) {
        if (text.codePoints().noneMatch(PeerText::needsEscape)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(escaped, c));
        return escaped.toString();
    }

    /** Returns {@code address} as {@code host:port}, with an IPv6 host in brackets. */
    public static String hostAndPort(InetSocketAddress address) {
        InetAddress inet = address.getAddress();
        String name = inet == null ? address.getHostString() : inet.getHostAddress();
        return (name.indexOf(':') >= 0 ? '[' + name + ']' : name) + ':' + address.getPort();
    }

    /**
     * Returns whether a character is invisible: bidirectional and zero-width characters, fillers, variation selectors,
     * lone surrogates. Texts that differ only in such characters look the same.
     */
    public static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
                    case Character.FORMAT, Character.SURROGATE -> true;
                    default -> false;
                }
                || IGNORABLE.indexOf(c) >= 0
                || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0100 && c <= 0xE01EF;
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
                    case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                    default -> isInvisible(c);
                };
    }
}
