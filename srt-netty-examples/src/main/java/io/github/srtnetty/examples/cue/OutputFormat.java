// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.json.JsonLayout;
import java.util.Locale;

/** How cues are printed: in a form that can be read again, or for a person. */
enum OutputFormat {
    JSON,
    JSONL,
    XML,
    XML_BIN,
    BASE64,
    HEX,
    HLS,
    DASH,
    EMSG,
    /** A few aligned lines to read. */
    TEXT;

    /** Returns a writer for the cues of one command, in their order. */
    CueOutput open(CueJson json, HlsTags hls) {
        return switch (this) {
            case JSON -> json.output(JsonLayout.INDENTED);
            case JSONL -> json.output(JsonLayout.ONE_LINE);
            case HLS -> hls.output();
            case TEXT -> CueOutput.ofText();
            case XML, XML_BIN, BASE64, HEX, DASH, EMSG ->
                CueOutput.of(CueFormat.valueOf(name()).form());
        };
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return this == XML_BIN ? "xml+bin" : name().toLowerCase(Locale.ROOT);
    }
}
