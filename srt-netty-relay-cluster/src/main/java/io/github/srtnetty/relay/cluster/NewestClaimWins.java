// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.container.entries.CacheEntry;
import org.jspecify.annotations.Nullable;

/** Chooses one of the entries of a name that both sides of a split have: whichever side it is of, the newest claim. */
final class NewestClaimWins implements EntryMergePolicy<String, String> {
    @Override
    public @Nullable CacheEntry<String, String> merge(
            @Nullable CacheEntry<String, String> preferred, List<CacheEntry<String, String>> others) {
        return Stream.concat(Stream.ofNullable(preferred), others.stream())
                .filter(Objects::nonNull)
                .reduce(NewestClaimWins::newer)
                .orElse(null);
    }

    private static CacheEntry<String, String> newer(CacheEntry<String, String> a, CacheEntry<String, String> b) {
        EntryText first = EntryText.parse(a.getKey(), a.getValue());
        EntryText second = EntryText.parse(b.getKey(), b.getValue());
        return second == null || first != null && first.outranks(second) ? a : b;
    }
}
