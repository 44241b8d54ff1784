// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits the handshakes of each address with a token bucket: {@link SrtAcceptLimits#handshakesPerSecond()} on average
 * and {@link SrtAcceptLimits#handshakeBurst()} at once. A bucket is one number, the time at which it is full again.
 *
 * <p>Thread: libsrt's receive thread of the UDP port.
 */
final class HandshakeRate {
    /** Marks the key of an IPv4 address; as an IPv6 prefix it is multicast, which is never a source address. */
    private static final long IPV4 = 0xffff_ffff_0000_0000L;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<SrtAcceptLimits> limits;
    private final Map<Long, Bucket> buckets;

    /** The time at which a bucket is full again, on the clock of {@link System#nanoTime}. */
    private static final class Bucket {
        private long fullAt;

        Bucket(long fullAt) {
            this.fullAt = fullAt;
        }
    }

    /** Creates an empty table; the limits may change at any time. */
    HandshakeRate(Supplier<SrtAcceptLimits> limits) {
        this.limits = limits;
        buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
                return size() > limits.get().addresses();
            }
        };
    }

    /** Takes a token for a handshake of an address; returns whether the address had one. */
    boolean tryAcquire(InetAddress address, long nowNanos) {
        SrtAcceptLimits current = limits.get();
        long nanosPerHandshake = nanosPerHandshake(current);
        if (nanosPerHandshake == 0) {
            return true;
        }
        Bucket bucket = buckets.computeIfAbsent(key(address), ignored -> new Bucket(nowNanos));
        long missing = Math.max(0, bucket.fullAt - nowNanos);
        if (missing + nanosPerHandshake > nanosPerHandshake * current.handshakeBurst()) {
            return false;
        }
        bucket.fullAt = nowNanos + missing + nanosPerHandshake;
        return true;
    }

    /** Takes the tokens for a caller that was admitted and never accepted. */
    void charge(InetAddress address, long nowNanos) {
        SrtAcceptLimits current = limits.get();
        long nanosPerHandshake = nanosPerHandshake(current);
        Bucket bucket = nanosPerHandshake == 0 ? null : buckets.get(key(address));
        if (bucket != null) {
            long missing = Math.max(0, bucket.fullAt - nowNanos) + nanosPerHandshake * current.handshakesPerFailure();
            bucket.fullAt = nowNanos + Math.min(nanosPerHandshake * current.handshakeBurst(), missing);
        }
    }

    int size() {
        return buckets.size();
    }

    private static long nanosPerHandshake(SrtAcceptLimits limits) {
        return limits.handshakesPerSecond() == 0 ? 0 : SECOND / limits.handshakesPerSecond();
    }

    /** Returns an IPv4 address, or the first 64 bits of an IPv6 address. */
    private static long key(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES ? IPV4 | bytes.getInt() & 0xffff_ffffL : bytes.getLong();
    }
}
