// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergedPartsTest {
    @Test
    void theLargestPartKeepsItsCopies() {
        List<List<String>> parts = List.of(List.of("a"), List.of("b", "c"));
        assertThat(outvoted(parts, List.of("a", "b", "c"))).containsExactly("a");
    }

    @Test
    void ofPartsOfOneSizeThatWithTheOldestMemberDoes() {
        List<List<String>> parts = List.of(List.of("a", "b"), List.of("c", "d"));
        assertThat(outvoted(parts, List.of("c", "a", "d", "b"))).containsExactly("a", "b");
        assertThat(outvoted(List.of(List.of("a"), List.of("b"), List.of("c")), List.of("b", "c", "a")))
                .containsExactly("c", "a");
    }

    @Test
    void aMemberThatHungIsAPartOfItsOwn_thoughItsViewHasTheOthers() {
        List<List<String>> parts = List.of(List.of("a", "c"), List.of("a", "c", "b"));
        assertThat(outvoted(parts, List.of("b", "c", "a"))).containsExactly("b");
    }

    @Test
    void ofTwoMembersTheOneThatDidNotHangKeepsItsCopy() {
        assertThat(outvoted(List.of(List.of("a"), List.of("a", "b")), List.of("b", "a")))
                .containsExactly("b");
    }

    @Test
    void allMembersComeToTheSameAnswer() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            List<Integer> view = new ArrayList<>(
                    IntStream.rangeClosed(1, 1 + random.nextInt(8)).boxed().toList());
            Collections.shuffle(view, random);
            int count = 1 + random.nextInt(view.size());
            List<List<Integer>> parts =
                    view.stream().collect(Collectors.groupingBy(member -> random.nextInt(count))).values().stream()
                            .toList();
            List<Integer> outvoted = outvoted(parts, view);
            List<List<Integer>> keeping = parts.stream()
                    .filter(part -> Collections.disjoint(part, outvoted))
                    .toList();
            assertThat(keeping).as("%s in %s", parts, view).hasSize(1);
            int largest = parts.stream().mapToInt(List::size).max().orElseThrow();
            assertThat(keeping.get(0)).hasSize(largest);
            assertThat(outvoted).hasSize(view.size() - largest);
        }
    }

    private static <T> List<T> outvoted(List<List<T>> parts, List<T> view) {
        return view.stream()
                .filter(member -> MergedParts.isOutvoted(member, parts, view))
                .toList();
    }
}
