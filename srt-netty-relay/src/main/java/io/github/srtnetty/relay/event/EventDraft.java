// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event without its numbers. */
record EventDraft(
        Instant time,
        EventKind kind,
        @Nullable String stream,
        String previous,
        String current,
        Map<String, Object> details) {}
