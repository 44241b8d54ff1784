// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

/**
 * Explains ids of the form {@code publish/NAME/TOKEN}: a caller that intends a name with a slash, such as {@code
 * publish/live/tv}, publishes the stream {@code live} with the token {@code tv}.
 */
public final class SlashHint {
    private SlashHint() {}

    /** Returns a hint for the log that contains nothing of the id; empty if the id has another form. */
    public static String of(String streamId) {
        for (Role role : Role.values()) {
            String prefix = role + "/";
            int slash = streamId.indexOf('/', prefix.length());
            if (streamId.regionMatches(true, 0, prefix, 0, prefix.length()) && slash > prefix.length()) {
                return " (read as " + prefix + "NAME/TOKEN; for a name with a slash write "
                        + (role == Role.PUBLISH ? "publish" : "read") + ":NAME)";
            }
        }
        return "";
    }
}
