// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.hook.HookAnswer;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The decision of the accept filter about a caller. The accepted channel uses this and nothing else: the stream id is
 * read once.
 *
 * @param request the role, the stream and the token that was checked
 * @param rules the rules of the decision; a reload does not change it
 * @param place the caller's place, to be claimed by the channel
 * @param user the name of the user, empty where it is not known
 * @param answer completes with the decision of the hook, until which the channel reads and sends nothing; null where
 *     the decision is made
 */
public record Admission(
        StreamRequest request,
        RelayRules rules,
        Places.Place place,
        String user,
        @Nullable CompletableFuture<HookAnswer> answer) {
    /** The attribute of the accepted channel. */
    public static final AttributeKey<Admission> KEY = AttributeKey.valueOf(Admission.class, "admission");

    /** Creates the admission of a caller whose decision is complete. */
    public Admission(StreamRequest request, RelayRules rules, Places.Place place, String user) {
        this(request, rules, place, user, null);
    }
}
