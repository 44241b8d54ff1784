// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.libsrt.PeerText;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The facts about a caller that libsrt passes to a listen callback before it accepts the caller. Only the address is
 * proven: the caller chooses the stream id, and libsrt checks the passphrase later.
 *
 * @param peer the caller's address; libsrt's cookie has proven that the caller receives at this address
 * @param streamId the caller's {@code SRTO_STREAMID}, empty if the caller sent none; {@link SrtStreamId} parses it. It
 *     may hold tokens and control characters, so show {@link #shownStreamId} instead
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
     * Returns the part of the stream id that a log or a page may show, on one line, with {@code ***} in place of the
     * rest.
     *
     * <p>A {@code #!::} id is shown as its resource ({@code r}), up to the first separator other than a slash, and its
     * mode ({@code m}) if the mode is a known one. Any other id is shown up to its first separator, because programs
     * put tokens after a colon, a slash or a question mark. An id without separators counts as a name. At most 64
     * characters are shown.
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

    /** Returns a text that shows the stream id as {@link #shownStreamId} does. */
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
