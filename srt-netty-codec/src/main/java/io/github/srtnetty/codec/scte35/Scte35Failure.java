// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;

/**
 * User event of {@link Scte35Handler}: data on a splice PID that is not a cue: bad CRC, lost packets, broken syntax.
 *
 * @param packetIndex the number of the transport packet in which the data began, or which broke the rule
 * @param cause the field, its expected and its actual value
 * @param section the bytes of the section; empty if it is incomplete
 */
public record Scte35Failure(
        int pid, int programNumber, long packetIndex, MalformedDataException cause, Bytes section) {}
