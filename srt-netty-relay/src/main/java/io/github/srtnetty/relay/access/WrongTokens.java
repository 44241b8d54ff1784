// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.auth.Cidr;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Limits how often an address may try a wrong token of the control API: {@link #BURST} times at once, then once every
 * {@link #REFILL_NANOS}. In between, its requests are rejected before their token is compared, even with a right
 * one: otherwise each guess would count. A device with an old token that tries again every few seconds stays below
 * that, and blocks nobody behind the same address.
 *
 * <p>{@link TokenBans} is for callers of streams: it bans an address for a time, and lets long right tokens pass. Here
 * nothing is banned, so an operator who corrects the token is accepted a second later. No token is exempt, because its
 * comparison takes 50 ms.
 *
 * <p>Threads: any; constant time and memory.
 */
public final class WrongTokens {
    /** Enough for a site that restarts its encoders with an old token. */
    public static final int BURST = 20;
    /** At this rate, guesses do not disturb honest callers, and guessing 16 random bytes is impossible. */
    public static final long REFILL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** About 1 MiB; the address that failed longest ago is forgotten. */
    public static final int MOST_ADDRESSES = 10_000;

    /** How many wrong tokens are counted, and since when they are counted down. */
    private record Entry(int count, long sinceNanos) {
        Entry at(long nowNanos) {
            long refilled = Math.max(0, (nowNanos - sinceNanos) / REFILL_NANOS);
            return refilled >= count
                    ? new Entry(0, nowNanos)
                    : new Entry((int) (count - refilled), sinceNanos + refilled * REFILL_NANOS);
        }
    }

    private final Map<Cidr, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cidr, WrongTokens.Entry> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** Returns whether an address must wait. */
    public synchronized boolean mustWait(InetAddress address, long nowNanos) {
        Cidr key = AddressKey.of(address);
        Entry entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        Entry current = entry.at(nowNanos);
        if (current.count == 0) {
            entries.remove(key);
        }
        return current.count >= BURST;
    }

    /** Notes a wrong token. */
    public synchronized void add(InetAddress address, long nowNanos) {
        Cidr key = AddressKey.of(address);
        Entry current = entries.getOrDefault(key, new Entry(0, nowNanos)).at(nowNanos);
        entries.put(key, new Entry(current.count + 1, current.sinceNanos));
    }

    public synchronized int addresses() {
        return entries.size();
    }
}
