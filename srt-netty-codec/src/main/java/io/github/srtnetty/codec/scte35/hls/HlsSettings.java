// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import java.time.Clock;
import java.util.Set;

/** The settings for writing tags. */
record HlsSettings(Clock clock, Set<HlsTag> tags, String dateRangeClass) {
    HlsSettings {
        tags = Set.copyOf(tags);
    }
}
