// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * User event that a channel fires once, as soon as libsrt reports that the peer closed the connection or fell silent
 * for too long. Data that the peer sent before is still delivered, in live mode for up to the latency. {@link
 * SrtCloseEvent} and {@code channelInactive} follow after the last data. A channel that this side closes does not fire
 * the event.
 *
 * @param reason why the connection ends
 */
public record SrtPeerGoneEvent(SrtCloseReason reason) {}
