// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;

/**
 * User event of {@link Scte35Handler}: data on a splice PID that is no cue: bad CRC, lost packets, broken syntax.
 *
 * @param packetIndex number of the transport packet that it began in, or that broke the rule
 * @param cause field, expected, actual
 * @param section the bytes of the section; empty when it did not come whole
 */
public record Scte35Failure(
        int pid, int programNumber, long packetIndex, MalformedDataException cause, Bytes section) {}
