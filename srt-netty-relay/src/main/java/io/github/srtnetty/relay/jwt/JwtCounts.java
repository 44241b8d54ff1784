// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counters of JSON Web Tokens since the start of the relay, across reloads. Any thread. */
public final class JwtCounts {
    private final LongAdder valid = new LongAdder();
    private final LongAdder remembered = new LongAdder();
    private final Map<JwtFault, LongAdder> faults;

    /** Creates numbers that are 0. */
    public JwtCounts() {
        Map<JwtFault, LongAdder> all = new EnumMap<>(JwtFault.class);
        for (JwtFault fault : JwtFault.values()) {
            all.put(fault, new LongAdder());
        }
        faults = Collections.unmodifiableMap(all);
    }

    /** Returns how many tokens had a signature that was already verified. */
    public LongAdder remembered() {
        return remembered;
    }

    /** Calls {@code action} with each result of a check, as a word, and its number. */
    public void forEachResult(BiConsumer<String, LongAdder> action) {
        action.accept("valid", valid);
        faults.forEach((fault, count) ->
                action.accept(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
    }

    void add(@Nullable JwtFault fault) {
        (fault == null ? valid : Objects.requireNonNull(faults.get(fault))).increment();
    }
}
