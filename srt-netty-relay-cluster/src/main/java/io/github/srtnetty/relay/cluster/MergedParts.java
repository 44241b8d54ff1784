// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which of the merging parts keeps its copies; all members come to the same answer. */
final class MergedParts {
    private MergedParts() {}

    /**
     * Returns whether a member is not in the part that keeps its copies: the largest one; of parts of one size one
     * whose members are all in it, and then the one with the oldest member.
     *
     * @param parts the views that were merged. That of a member which hung still has the others in it: they are of the
     *     smaller one
     * @param view the members now, the oldest first
     */
    static <T> boolean isOutvoted(T self, Collection<? extends List<T>> parts, List<T> view) {
        Map<List<T>, Integer> sizes = new LinkedHashMap<>(); // in the order of the oldest members
        view.forEach(member -> sizes.merge(partOf(member, parts), 1, Integer::sum));
        List<T> keeping = List.of();
        int most = 0;
        for (Map.Entry<List<T>, Integer> part : sizes.entrySet()) {
            boolean whole = part.getKey().size() == part.getValue();
            int rank = 2 * part.getValue() + (whole ? 1 : 0);
            if (rank > most) {
                keeping = part.getKey();
                most = rank;
            }
        }
        return !keeping.equals(partOf(self, parts));
    }

    private static <T> List<T> partOf(T member, Collection<? extends List<T>> parts) {
        List<T> smallest = List.of(member);
        int size = Integer.MAX_VALUE;
        for (List<T> part : parts) {
            if (part.contains(member) && part.size() < size) {
                smallest = part;
                size = part.size();
            }
        }
        return smallest;
    }
}
