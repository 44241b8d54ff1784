// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bans addresses that try wrong tokens: after a burst of {@code wrongTokens}, or after a long time with more
 * than one every {@link #FORGIVE_NANOS}, for {@code wrongTokenBanSeconds}. A device with an old token that tries again
 * every few seconds is not banned.
 *
 * <p>A ban holds for callers that send a wrong token, or a right one that is short enough to be guessed: otherwise each
 * guess would count. It does not hold for a right token of {@link #GUESSABLE} characters or more, nor for streams that
 * need none, so that one caller behind a NAT cannot lock out the others.
 *
 * <p>{@link WrongTokens} counts in the same way for the control API, and has neither bans nor settings: an address
 * there waits for the next attempt, whatever its token. Here the configuration sets count and time, a ban lasts
 * although the address stops, and operators list and end bans.
 *
 * <p>Threads: any; constant time and memory, except for {@link #bans}.
 */
public final class TokenBans {
    /** The interval at which one wrong token is forgiven. */
    public static final long FORGIVE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** 15 random letters and digits are 89 bits, which cannot be guessed at any rate that a port can handle. */
    public static final int GUESSABLE = 16;
    /** About 1 MiB; the address that failed longest ago is forgotten. */
    public static final int MOST_ADDRESSES = 10_000;

    /**
     * An address that is banned.
     *
     * @param address the IPv4 address, or the /64 of an IPv6 address
     * @param seconds until the ban ends
     */
    public record TokenBan(Cidr address, long seconds) {}

    /** The number of wrong tokens and since when it is counted down, or until when the address is banned. */
    private record Entry(int count, long nanos, boolean banned) {
        static Entry none(long nowNanos) {
            return new Entry(0, nowNanos, false);
        }

        Entry at(long nowNanos) {
            if (banned) {
                return nowNanos - nanos < 0 ? this : none(nowNanos);
            }
            long forgiven = Math.max(0, (nowNanos - nanos) / FORGIVE_NANOS);
            return forgiven >= count
                    ? none(nowNanos)
                    : new Entry((int) (count - forgiven), nanos + forgiven * FORGIVE_NANOS, false);
        }
    }

    private final Map<Cidr, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cidr, TokenBans.Entry> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** Returns whether a ban of the caller's address applies to a caller whose token is right. */
    boolean rejectsRight(StreamRequest request, RelayRules rules, InetAddress address, long nowNanos) {
        return request.token().length() < GUESSABLE
                && !rules.token(request.name(), request.role()).isEmpty()
                && isBanned(address, nowNanos);
    }

    /** Returns whether an address is banned. */
    public synchronized boolean isBanned(InetAddress address, long nowNanos) {
        Cidr key = AddressKey.of(address);
        Entry entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        Entry current = entry.at(nowNanos);
        if (current.count == 0 && !current.banned) {
            entries.remove(key);
        }
        return current.banned;
    }

    /** Notes a wrong token; returns whether the address is banned from now on. */
    public synchronized boolean add(InetAddress address, RelayRules rules, long nowNanos) {
        Cidr key = AddressKey.of(address);
        Entry current = entries.getOrDefault(key, Entry.none(nowNanos)).at(nowNanos);
        if (current.banned) {
            return false;
        }
        boolean bans = current.count + 1 >= rules.number(RelaySetting.WRONG_TOKENS);
        long until = nowNanos + TimeUnit.SECONDS.toNanos(rules.number(RelaySetting.WRONG_TOKEN_BAN));
        entries.put(key, bans ? new Entry(0, until, true) : new Entry(current.count + 1, current.nanos, false));
        return bans;
    }

    /** Returns the bans that have not ended. */
    public synchronized List<TokenBan> bans(long nowNanos) {
        List<TokenBan> bans = new ArrayList<>();
        entries.forEach((address, entry) -> {
            if (entry.at(nowNanos).banned) {
                bans.add(new TokenBan(address, TimeUnit.NANOSECONDS.toSeconds(entry.nanos - nowNanos) + 1));
            }
        });
        return bans;
    }

    /** Ends the ban of an address as {@link TokenBan} has it; returns false where there is none. */
    public synchronized boolean forgive(Cidr address, long nowNanos) {
        Entry entry = entries.remove(address);
        return entry != null && entry.at(nowNanos).banned;
    }

    public synchronized int addresses() {
        return entries.size();
    }
}
