// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.libsrt.PeerText;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The facts about a caller before it is accepted: all that libsrt passes to a listen callback. Nothing but the address
 * is proven: the stream id is what the caller says, and the passphrase is checked later.
 *
 * @param peer the caller's address; a cookie has proven that the caller receives there
 * @param streamId what the caller sent as {@code SRTO_STREAMID}, empty where nothing; see {@link SrtStreamId}. It may
 *     hold tokens, and control characters: show {@link #shownStreamId} instead
 * @param handshakeVersion 5, or 4 for SRT before 1.3
 */
public record SrtAcceptRequest(InetSocketAddress peer, String streamId, int handshakeVersion) {
    private static final String HIDDEN = "***";
    private static final String STANDARD = "#!::";
    private static final Set<String> MODES = Set.of("m=request", "m=publish", "m=bidirectional");
    private static final String ENDS_A_RESOURCE = ":?,=&;#! ";
    private static final String ENDS_A_NAME = ENDS_A_RESOURCE + "/{";
    private static final int MOST_SHOWN = 64;

    /**
     * Returns the part of the stream id that a log or a page may show, on one line, with {@code ***} for all that is
     * hidden.
     *
     * <p>Of {@code #!::} ids these are the resource ({@code r}) up to its first separator other than a slash, and a
     * known mode ({@code m}). Of other ids it is the text before the first separator, because programs put tokens
     * behind a colon, a slash or a question mark. An id without separators counts as a name and is shown; at most 64
     * characters are.
     */
    public String shownStreamId() {
        if (!streamId.startsWith(STANDARD)) {
            return PeerText.printable(cut(streamId, ENDS_A_NAME));
        }
        List<String> shown = new ArrayList<>();
        boolean hides = false;
        for (String pair : streamId.substring(STANDARD.length()).split(",")) {
            if (pair.startsWith("r=")) {
                shown.add("r=" + cut(pair.substring(2), ENDS_A_RESOURCE));
            } else if (MODES.contains(pair)) {
                shown.add(pair);
            } else {
                hides |= !pair.isEmpty();
            }
        }
        if (hides) {
            shown.add(HIDDEN);
        }
        return PeerText.printable(STANDARD + String.join(",", shown));
    }

    /** Shows the stream id as {@link #shownStreamId} does. */
    @Override
    public String toString() {
        return "SrtAcceptRequest[peer=" + peer + ", streamId=" + shownStreamId() + ", handshakeVersion="
                + handshakeVersion + "]";
    }

    private static String cut(String text, String ends) {
        int length = 0;
        while (length < Math.min(text.length(), MOST_SHOWN) && ends.indexOf(text.charAt(length)) < 0) {
            length++;
        }
        return length == text.length() ? text : text.substring(0, length) + HIDDEN;
    }
}
