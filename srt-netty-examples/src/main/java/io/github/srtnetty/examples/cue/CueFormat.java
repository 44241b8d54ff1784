// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.emsg.EmsgForm;
import io.github.srtnetty.codec.scte35.form.Base64Form;
import io.github.srtnetty.codec.scte35.form.CueForm;
import io.github.srtnetty.codec.scte35.form.HexForm;
import io.github.srtnetty.codec.scte35.hls.HlsForm;
import io.github.srtnetty.codec.scte35.json.JsonCueForm;
import io.github.srtnetty.codec.scte35.xml.DashForm;
import io.github.srtnetty.codec.scte35.xml.XmlBinForm;
import io.github.srtnetty.codec.scte35.xml.XmlForm;

/** The forms that can be read and written; the names are those of the command line. */
enum CueFormat {
    /** One JSON document over many lines, indented as threefive does. */
    JSON(JsonCueForm.indented()),
    /** One JSON document a line. */
    JSONL(JsonCueForm.lines()),
    /** The XML of SCTE 35. */
    XML(new XmlForm()),
    /** XML around base64. */
    XML_BIN(new XmlBinForm()),
    /** A cue a line. */
    BASE64(new Base64Form()),
    /** A cue a line. */
    HEX(new HexForm()),
    /** Tags of a playlist. */
    HLS(new HlsForm()),
    /** An event stream of an MPD. */
    DASH(new DashForm()),
    /** Event message boxes; binary. */
    EMSG(new EmsgForm());

    private final CueForm form;

    CueFormat(CueForm form) {
        this.form = form;
    }

    CueForm form() {
        return form;
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return form.name();
    }
}
