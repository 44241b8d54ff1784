// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.Cidr;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Callers that are rejected for a limited time.
 *
 * @param id names it for later requests
 * @param addresses whose callers, null for all
 * @param stream for which stream, null for all; one of the two is not null
 * @param reason the code that callers get
 * @param until when it ends
 * @param note a text of the operator, empty without one
 */
public record Ban(
        String id,
        @Nullable Cidr addresses,
        @Nullable String stream,
        SrtRejectReason reason,
        Instant until,
        String note) {}
