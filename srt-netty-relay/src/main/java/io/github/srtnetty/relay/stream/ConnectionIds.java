// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates ids of connections: 16 hexadecimal digits, unique in this process, without a meaning. An id is not secret.
 */
final class ConnectionIds {
    /** Starts at a random number, so ids of two processes differ. */
    private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong());

    private ConnectionIds() {}

    static String next() {
        return String.format("%016x", mixed(NEXT.getAndIncrement()));
    }

    /**
     * Mixes by the last step of SplitMix64 (Steele et al. 2014): one result for each number, and neighbours look
     * unrelated.
     */
    private static long mixed(long number) {
        long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
