// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.util.AttributeKey;

/**
 * What the accept filter decided about a caller. The accepted channel uses this and nothing else: the stream id is read
 * once.
 *
 * @param request the role, the stream and the token that was checked
 * @param rules the rules of the decision; a reload does not change it
 * @param place the caller's place, to be claimed by the channel
 */
public record Admission(StreamRequest request, RelayRules rules, Places.Place place) {
    /** The attribute of the accepted channel. */
    public static final AttributeKey<Admission> KEY = AttributeKey.valueOf(Admission.class, "admission");
}
