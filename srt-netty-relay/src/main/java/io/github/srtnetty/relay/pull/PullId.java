// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.libsrt.PercentText;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The stream id of a pull: {@code #!::r=NAME,m=request,u=NODE,e=EPOCH,s=PROOF}. A name that leaves no room for the rest
 * is replaced by the id of its claim, {@code c=CLAIM}. Names are percent-encoded where the syntax needs it.
 *
 * @param name the stream, null where the claim is named
 * @param claimId the claim, null where the stream is named
 * @param node the node that pulls
 * @param epoch the epoch of the claim that it knows
 * @param proof that it knows the secret, see {@link PullKeys}
 */
record PullId(@Nullable String name, @Nullable String claimId, String node, long epoch, String proof) {
    private static final String REQUEST = "request";

    /** Returns the stream id with which a node pulls a stream. */
    static String text(StreamEntry origin, String node, PullKeys keys) {
        String named = text("r", origin.name(), origin, node, keys);
        return named.getBytes(StandardCharsets.UTF_8).length <= SrtStreamId.MAX_BYTES
                ? named
                : text("c", origin.claimId(), origin, node, keys);
    }

    /** Reads a stream id; returns null where it is not one of a pull. */
    static @Nullable PullId parse(String text) {
        SrtStreamId id = SrtStreamId.tryParse(text);
        if (id == null || !REQUEST.equals(id.get("m"))) {
            return null;
        }
        String name = decoded(id.get("r"));
        String claimId = decoded(id.get("c"));
        String node = decoded(id.get("u"));
        String epoch = id.get("e");
        String proof = id.get("s");
        if ((name == null) == (claimId == null) || node == null || proof == null || epoch == null) {
            return null;
        }
        try {
            return new PullId(name, claimId, node, Long.parseLong(epoch), proof);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns what is proven: the name, or the id of the claim. */
    String subject() {
        return name != null ? name : String.valueOf(claimId);
    }

    /** Returns whether the node that sent it knows the secret, and sent it at this time. */
    boolean isProven(PullKeys keys) {
        return keys.proves(subject(), epoch, node, proof);
    }

    /** Leaves out the proof. */
    @Override
    public String toString() {
        return "stream=" + subject() + " node=" + node;
    }

    private static String text(String key, String subject, StreamEntry origin, String node, PullKeys keys) {
        return "#!::" + key + "=" + encoded(subject) + ",m=" + REQUEST + ",u=" + encoded(node) + ",e=" + origin.epoch()
                + ",s=" + keys.proof(subject, origin.epoch(), node);
    }

    /** Encodes a value: the syntax has no escapes, and a comma ends one. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == ',' || c == '=' || c <= ' ') {
                encoded.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static @Nullable String decoded(@Nullable String text) {
        if (text == null || text.isEmpty() || PercentText.wrongEscape(text) >= 0) {
            return null;
        }
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return PercentText.decoded(text);
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
