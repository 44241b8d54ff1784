// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationTypeTest {
    @Test
    void everyStartHasTheEndThatFollowsIt() {
        List<SegmentationType> starts = Arrays.stream(SegmentationType.values())
                .filter(type -> type.end() != null)
                .toList();
        assertThat(starts).hasSize(18).allSatisfy(start -> {
            assertThat(start.title()).endsWith(" Start");
            assertThat(start.end().title()).isEqualTo(start.title().replaceAll(" Start$", " End"));
        });
    }

    @Test
    void namesTheTypesAsTheStandardDoes() {
        assertThat(SegmentationType.of(0x34).title()).isEqualTo("Provider Placement Opportunity Start");
        assertThat(SegmentationType.of(0x00).title()).isEqualTo("Not Indicated");
        assertThat(SegmentationType.of(0x7F)).isNull();
    }

    @Test
    void allowsSubSegmentsForTheTypesOf2023() {
        assertThat(Arrays.stream(SegmentationType.values())
                        .filter(SegmentationType::hasSubSegments)
                        .map(SegmentationType::id))
                .containsExactly(0x30, 0x32, 0x34, 0x36, 0x38, 0x3A, 0x44, 0x46);
    }
}
