// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtRejectReason;

/**
 * Tells the pipeline of a listener, as a user event, that its {@link SrtAcceptFilter} rejected a caller. libsrt does not tell
 * of callers that it rejects itself, for example for a wrong passphrase.
 *
 * @param request who was rejected
 * @param reason the code that the caller gets
 */
public record SrtRejectedEvent(SrtAcceptRequest request, SrtRejectReason reason) {}
