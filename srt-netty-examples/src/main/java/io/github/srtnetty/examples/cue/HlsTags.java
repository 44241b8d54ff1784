// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.hls.HlsForm;
import io.github.srtnetty.codec.scte35.hls.HlsTag;
import io.github.srtnetty.codec.scte35.hls.HlsTagWriter;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which tags are printed for a cue. */
final class HlsTags {
    @Option(
            names = "--hls-tags",
            split = ",",
            paramLabel = "TAGS",
            description = "tags of --format hls: daterange (EXT-X-DATERANGE), oatcls (EXT-OATCLS-SCTE35 with"
                    + " EXT-X-CUE-OUT and EXT-X-CUE-IN), scte35 (EXT-X-SCTE35), or several of them (default:"
                    + " daterange)")
    private Set<HlsTag> tags = EnumSet.of(HlsTag.DATERANGE);

    CueOutput output() {
        HlsTagWriter writer = new HlsForm().withTags(tags).newWriter();
        return CueOutput.ofLines(writer::write, writer::write);
    }
}
