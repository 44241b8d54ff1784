// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import io.github.srtnetty.relay.outgoing.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long answers are valid.
 *
 * @param allowed a permission whose answer has no time
 * @param rejected a rejection whose answer has no time
 * @param nextAttempt an answer that may not be kept: once, for the attempt after it
 * @param failed the decision after a failure
 * @param stale a permission, for use while the hook is down
 */
record HookLimits(Duration allowed, Duration rejected, Duration nextAttempt, Duration failed, Duration stale) {
    /** The limits of a relay. */
    static final HookLimits DEFAULT = new HookLimits(
            Duration.ofSeconds(60), // a player that loses its permission stays for at most another minute
            Duration.ofSeconds(10), // a corrected token works soon
            Duration.ofSeconds(10), // encoders retry after 1 to 5 s
            Duration.ofSeconds(1), // each attempt may ask again, until the circuit breaker opens
            Duration.ofHours(1)); // a restart of the hook, an outage at night

    /** 4 KB are a decision with options. */
    static final int MOST_BYTES = 64 << 10;

    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?([0-9]{1,10})");

    /** Returns how long an answer is valid by its {@code Cache-Control} (RFC 9111, 5.2.2), zero for once. */
    Duration age(Reply reply, boolean isAllowed) {
        String header =
                String.join(",", reply.headers().allValues("cache-control")).toLowerCase(Locale.ROOT);
        if (header.contains("no-store") || header.contains("no-cache")) {
            return Duration.ZERO;
        }
        Matcher age = MAX_AGE.matcher(header);
        if (age.find()) {
            return Duration.ofSeconds(Math.min(MOST_SECONDS, Long.parseLong(age.group(1))));
        }
        return isAllowed ? allowed : rejected;
    }
}
