// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.OptionalLong;

/** Finds the time of a splice_insert. */
final class SplicePoint {
    private SplicePoint() {}

    static OptionalLong of(SpliceInsert.Target target) {
        if (target instanceof SpliceInsert.Program program) {
            SpliceTime time = program.spliceTime();
            return time == null ? OptionalLong.empty() : time.ptsTime();
        }
        if (target instanceof SpliceInsert.Components components) {
            for (SpliceInsert.Component component : components.components()) {
                SpliceTime time = component.spliceTime();
                if (time != null && time.ptsTime().isPresent()) {
                    return time.ptsTime();
                }
            }
        }
        return OptionalLong.empty();
    }
}
