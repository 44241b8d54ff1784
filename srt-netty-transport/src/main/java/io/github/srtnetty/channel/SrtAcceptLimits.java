// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Limits that a listener applies to callers before it calls its {@link SrtAcceptFilter}; set with {@link
 * SrtServerChannelOption#ACCEPT_LIMITS}, before the bind or later. A caller above a limit is rejected with {@code
 * OVERLOAD} (1402), which costs no buffers, and may try again. Only callers whose address is proven by libsrt's cookie
 * are counted. Immutable.
 *
 * @param handshakesPerSecond how many handshakes of one address per second are let through on average; an IPv6 address
 *     stands for its /64 network, which usually belongs to one customer; 0: no limit
 * @param handshakeBurst how many handshakes of one address may come at once
 * @param handshakesPerFailure as how many handshakes a caller counts in addition that was admitted and never accepted,
 *     for example for a wrong passphrase: libsrt has allocated its buffers
 * @param addresses of how many addresses the rate is known; beyond, the address that called longest ago is forgotten
 * @param handshakesInAll how many handshakes of all addresses per second the listener looks at on average; of more, the
 *     system drops a random share before libsrt sees them (Linux only), so that the port keeps receiving the streams of
 *     those who are connected. A caller repeats its handshake four times a second; 0: no limit
 * @param halfOpen how many callers may be admitted and not accepted yet, including those whose passphrase was wrong,
 *     until libsrt has freed them; at most {@value #MOST_HALF_OPEN}
 */
public record SrtAcceptLimits(
        int handshakesPerSecond,
        int handshakeBurst,
        int handshakesPerFailure,
        int addresses,
        int handshakesInAll,
        int halfOpen) {
    /**
     * A socket that is half-open has an entry of some 200 bytes in a table, so that even without limits it is bounded.
     */
    public static final int MOST_HALF_OPEN = 65_536;

    /**
     * The limits of a listener that sets none.
     *
     * <ul>
     *   <li>100 handshakes per second and address, 1000 at once: the players behind one NAT, or a test that opens a
     *       thousand connections, stay below it.
     *   <li>20 more for each failure: one address gets some 50 wrong passphrases tried at once, and then 5 a second, so
     *       that it can neither fill the memory nor the half-open places.
     *   <li>16,384 addresses: about 2 MB of heap.
     *   <li>1000 handshakes of all addresses: each takes 0.1 to 0.2 ms of the one thread that receives everything at a
     *       port, also where it is rejected.
     *   <li>1024 half-open callers: libsrt keeps about 0.7 MB for each with the usual flow window of 25,600 packets,
     *       also for two to three seconds after a wrong passphrase, so about 0.7 GB; more when callers name a larger
     *     window.
     * </ul>
     */
    public static final SrtAcceptLimits DEFAULT = new SrtAcceptLimits(100, 1000, 20, 16_384, 1000, 1024);

    /** No limits but the greatest number of half-open callers. */
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

    /** Returns these limits with another rate of all addresses together; 0: no limit. */
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
