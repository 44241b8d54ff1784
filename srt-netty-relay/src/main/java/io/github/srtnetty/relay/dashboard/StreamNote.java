// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import java.time.Instant;

/**
 * An event of a stream on the page.
 *
 * @param sequence ascending, unique in this process
 * @param time when it happened
 * @param kind a word such as publish
 * @param text one line for a person
 */
public record StreamNote(long sequence, Instant time, String kind, String text) {}
