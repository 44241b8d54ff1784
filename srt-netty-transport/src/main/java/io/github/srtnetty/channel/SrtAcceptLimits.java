// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Limits that a listener applies to callers before it calls its {@link SrtAcceptFilter}. They are set with {@link
 * SrtServerChannelOption#ACCEPT_LIMITS}, before or after the bind. A caller above a limit is rejected with {@code
 * OVERLOAD} (1402) before libsrt allocates its buffers, and may try again. Only callers whose address libsrt's cookie
 * has proven are counted. Immutable.
 *
 * @param handshakesPerSecond the average number of handshakes per second that one address may make; an IPv6 address
 *     stands for its /64 network, which usually belongs to one customer; 0: no limit
 * @param handshakeBurst the number of handshakes that one address may make at once
 * @param handshakesPerFailure the number of handshakes that are counted in addition for a caller that was admitted and
 *     never accepted, for example because of a wrong passphrase; such a caller costs more because libsrt has allocated
 *     its buffers
 * @param addresses the number of addresses whose rate is stored; when the table is full, the address that called
 *     longest ago is removed
 * @param handshakesInAll the average number of handshakes per second, of all addresses together, that the listener
 *     processes. Above it the kernel drops a random share before libsrt receives them (Linux only), so that the port
 *     keeps receiving the streams of connected peers. A caller repeats its handshake four times a second. 0: no limit
 * @param halfOpen the number of callers that may be admitted and not yet accepted; a caller with a wrong passphrase is
 *     counted until libsrt has freed its socket; at most {@value #MOST_HALF_OPEN}
 */
public record SrtAcceptLimits(
        int handshakesPerSecond,
        int handshakeBurst,
        int handshakesPerFailure,
        int addresses,
        int handshakesInAll,
        int halfOpen) {
    /**
     * The largest value of {@link #halfOpen}. Each half-open socket has a table entry of about 200 bytes, so the table
     * stays bounded even without limits.
     */
    public static final int MOST_HALF_OPEN = 65_536;

    /**
     * The limits of a listener that sets none.
     *
     * <ul>
     *   <li>100 handshakes per second and address, 1000 at once: enough for the players behind one NAT, or for a test
     *       that opens a thousand connections.
     *   <li>20 more for each failure: one address can try about 50 wrong passphrases at once and then 5 per second, so
     *       it can exhaust neither the memory nor the limit of half-open callers.
     *   <li>16,384 addresses: about 2 MB of heap.
     *   <li>1000 handshakes of all addresses: each takes 0.1 to 0.2 ms of the only receive thread of the port, even if
     *       it is rejected.
     *   <li>1024 half-open callers: libsrt allocates about 0.7 MB for each with the usual flow window of 25,600
     *       packets, and keeps it for two to three seconds after a wrong passphrase. 1024 callers use about 0.7 GB, or
     *       more if they request a larger window.
     * </ul>
     */
    public static final SrtAcceptLimits DEFAULT = new SrtAcceptLimits(100, 1000, 20, 16_384, 1000, 1024);

    /** No limits except {@link #MOST_HALF_OPEN} half-open callers. */
    public static final SrtAcceptLimits NONE = new SrtAcceptLimits(0, 1, 0, 1, 0, MOST_HALF_OPEN);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException that names the value and the rule
     */
    public SrtAcceptLimits {
        require("handshakesPerSecond", handshakesPerSecond, 0, 1_000_000);
        require("handshakeBurst", handshakeBurst, 1, 1_000_000);
        require("handshakesPerFailure", handshakesPerFailure, 0, 1_000_000);
        require("addresses", addresses, 1, 10_000_000);
        require("handshakesInAll", handshakesInAll, 0, 1_000_000);
        require("halfOpen", halfOpen, 1, MOST_HALF_OPEN);
    }

    /** Returns these limits with another rate per address; 0 handshakes per second: no limit. */
    public SrtAcceptLimits withHandshakes(int perSecond, int burst) {
        return new SrtAcceptLimits(perSecond, burst, handshakesPerFailure, addresses, handshakesInAll, halfOpen);
    }

    /** Returns these limits with another number of half-open callers. */
    public SrtAcceptLimits withHalfOpen(int callers) {
        return new SrtAcceptLimits(
                handshakesPerSecond, handshakeBurst, handshakesPerFailure, addresses, handshakesInAll, callers);
    }

    /** Returns these limits with another rate for all addresses together; 0: no limit. */
    public SrtAcceptLimits withHandshakesInAll(int perSecond) {
        return new SrtAcceptLimits(
                handshakesPerSecond, handshakeBurst, handshakesPerFailure, addresses, perSecond, halfOpen);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + ": must be " + least + " to " + most);
        }
    }
}
