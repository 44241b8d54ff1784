// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * User event that a pipeline gets once, as soon as libsrt reports that the peer has left: it closed the connection, or
 * fell silent for too long. Data that it sent before is still delivered, in live mode for up to the latency;
 * {@link SrtCloseEvent} and {@code channelInactive} follow behind the last of it. A channel that this side closes fires
 * none.
 *
 * @param reason why the connection ends
 */
public record SrtPeerGoneEvent(SrtCloseReason reason) {}
