// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The bans in effect, in memory. The accept filter looks a caller up in constant time: once for each length of prefix
 * that is in use, of which there are at most 33 for IPv4 and 129 for IPv6. Changes copy the table. Any thread.
 */
public final class Bans {
    /** A table of this size is copied in a millisecond. */
    public static final int MOST = 10_000;

    private record Key(@Nullable Cidr addresses, @Nullable String stream) {}

    /** The bans, and the lengths of their prefixes. */
    private record Table(Map<Key, Ban> bans, List<Integer> lengths4, List<Integer> lengths6) {
        static Table of(Map<Key, Ban> bans) {
            TreeSet<Integer> lengths4 = new TreeSet<>();
            TreeSet<Integer> lengths6 = new TreeSet<>();
            for (Key key : bans.keySet()) {
                if (key.addresses != null) {
                    (key.addresses.isIpv6() ? lengths6 : lengths4).add(key.addresses.bits());
                }
            }
            return new Table(bans, List.copyOf(lengths4), List.copyOf(lengths6));
        }
    }

    private volatile Table table = Table.of(Map.of());

    /**
     * Adds a ban, or replaces the one for the same addresses and stream. Removes bans that have ended.
     *
     * @return false where there are {@link #MOST}
     */
    public synchronized boolean add(Ban ban, Instant now) {
        Map<Key, Ban> bans = current(now);
        bans.put(key(ban), ban);
        if (bans.size() > MOST) {
            return false;
        }
        table = Table.of(bans);
        return true;
    }

    /** Removes a ban; returns false where there is none with this id. */
    public synchronized boolean remove(String id, Instant now) {
        Map<Key, Ban> bans = current(now);
        boolean removed = bans.values().removeIf(ban -> ban.id().equals(id));
        table = Table.of(bans);
        return removed;
    }

    /** Returns the bans that have not ended. */
    public Collection<Ban> all(Instant now) {
        return current(now).values();
    }

    /** Returns why a caller is rejected, null where it is not. */
    @Nullable
    SrtRejectReason reason(InetAddress address, String stream, Instant now) {
        Table current = table;
        if (current.bans.isEmpty()) {
            return null;
        }
        SrtRejectReason found = reason(current, new Key(null, stream), now);
        boolean ipv6 = address.getAddress().length > Integer.BYTES;
        for (int bits : ipv6 ? current.lengths6 : current.lengths4) {
            if (found != null) {
                return found;
            }
            Cidr block = Cidr.around(address, bits);
            found = reason(current, new Key(block, null), now);
            found = found == null ? reason(current, new Key(block, stream), now) : found;
        }
        return found;
    }

    private static @Nullable SrtRejectReason reason(Table table, Key key, Instant now) {
        Ban ban = table.bans.get(key);
        return ban == null || ban.until().isBefore(now) ? null : ban.reason();
    }

    private Map<Key, Ban> current(Instant now) {
        Map<Key, Ban> bans = new HashMap<>(table.bans);
        bans.values().removeIf(ban -> ban.until().isBefore(now));
        return bans;
    }

    private static Key key(Ban ban) {
        return new Key(ban.addresses(), ban.stream());
    }
}
