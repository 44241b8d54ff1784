// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.PercentText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets by {@code ***} in any text for people: a message, an address, or a file name that was meant as an
 * address. Masking twice changes nothing.
 */
public final class SecretMask {
    private static final String MASK = "***";
    private static final Pattern SRT = Pattern.compile("(?i)srt:/{1,2}\\S*[^\\s:;,'\")]");
    private static final Pattern USER = Pattern.compile("://[^\\s?]*@");
    private static final Pattern USER_OF_ARGUMENT = Pattern.compile("://[^?]*@");
    private static final Pattern PAIR = Pattern.compile("([^\\s?&=,;:/\"']+)=([^\\s&\"']*[^\\s&\"':;,])");
    private static final Pattern PAIR_OF_ARGUMENT = Pattern.compile("([^\\s?&=,;:/]+)=([^&]+)");
    private static final Pattern SECRET_KEY = Pattern.compile(".*(pass|secret|token|psk|pwd|credential).*");
    /** The text that a message shows instead of a passphrase. */
    private static final Pattern HARMLESS = Pattern.compile("\\*{3}.*|\\.{3}.*|(?:file:|env:).*");

    private SecretMask() {}

    /** Returns a message without the secrets of addresses that it quotes. */
    public static String mask(String message) {
        return masked(message, USER, PAIR);
    }

    /** Returns an argument, an address or a name, without secrets, which may contain blanks. On one line, escaped. */
    public static String argument(String argument) {
        boolean srt = SRT.matcher(argument).lookingAt();
        return PeerText.printable(srt ? SrtUri.masked(argument) : masked(argument, USER_OF_ARGUMENT, PAIR_OF_ARGUMENT));
    }

    /** Returns the stack trace of a failure, with its causes, without secrets; what peers sent is escaped. */
    public static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace(trace.toString());
    }

    /** Returns a printed stack trace without secrets; what peers sent is escaped. */
    public static String trace(String printed) {
        return printed.lines()
                .map(line -> mask(line))
                .map(line -> (line.startsWith("\t") ? "\t" : "") + safe(line.strip()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Returns a line without characters that act on a terminal; what quotes a peer is escaped already, mostly. */
    static String safe(String line) {
        boolean safe =
                line.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        return safe ? line : PeerText.printable(line);
    }

    private static String masked(String text, Pattern user, Pattern pair) {
        String shown = text;
        if (shown.indexOf(':') >= 0) {
            shown = SRT.matcher(shown).replaceAll(found -> Matcher.quoteReplacement(SrtUri.masked(found.group())));
            shown = user.matcher(shown).replaceAll(SecretMask::user);
        }
        return shown.indexOf('=') < 0 ? shown : pair.matcher(shown).replaceAll(SecretMask::pair);
    }

    private static String user(MatchResult found) {
        String user = found.group().substring("://".length());
        boolean isSource = user.indexOf(':') < 0 && user.matches("[0-9.]*@"); // udp://SOURCE@GROUP
        return Matcher.quoteReplacement(isSource ? found.group() : "://" + MASK + '@');
    }

    private static String pair(MatchResult found) {
        String key = PercentText.lenientlyDecoded(found.group(1)).toLowerCase(Locale.ROOT);
        boolean secret = SECRET_KEY.matcher(key).matches()
                && !HARMLESS.matcher(found.group(2)).matches();
        return Matcher.quoteReplacement(secret ? found.group(1) + '=' + MASK : found.group());
    }
}
