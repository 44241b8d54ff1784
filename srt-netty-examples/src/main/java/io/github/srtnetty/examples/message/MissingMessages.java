// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

/**
 * Counts the messages that did not arrive, from the numbers of those that did: the sender counts from 1 to 2^26 - 1 and
 * again from 1, on each connection ({@code msgno} of {@code SRT_MSGCTRL}). Messages after the last one
 * that arrived are not counted. libsrt's count of dropped packets cannot be read any more once the peer is gone.
 */
final class MissingMessages {
    private static final int NUMBERS = (1 << 26) - 1;

    private long highest;
    private long arrived;

    /** Counts a message that arrived, by its number. */
    void arrived(int number) {
        int step = number - (int) (highest % NUMBERS);
        if (step > NUMBERS / 2) {
            step -= NUMBERS;
        } else if (step < -NUMBERS / 2) {
            step += NUMBERS;
        }
        highest = Math.max(highest, highest + step);
        arrived++;
    }

    /** Returns how many messages were sent, as far as is known here. */
    long sent() {
        return highest;
    }

    /** Returns how many messages did not arrive. */
    long missing() {
        return highest - arrived;
    }
}
