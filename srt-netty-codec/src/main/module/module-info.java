// SPDX-License-Identifier: Apache-2.0
/** MPEG-TS and SCTE-35. Packages named {@code json} need jackson-core beside them. */
module io.github.srtnetty.codec {
    requires java.xml;
    requires static org.jspecify;
    requires static com.fasterxml.jackson.core;
    requires transitive io.netty.buffer;
    requires transitive io.netty.codec;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;

    exports io.github.srtnetty.codec.bits;
    exports io.github.srtnetty.codec.mpegts;
    exports io.github.srtnetty.codec.scte35;
    exports io.github.srtnetty.codec.scte35.emsg;
    exports io.github.srtnetty.codec.scte35.form;
    exports io.github.srtnetty.codec.scte35.hls;
    exports io.github.srtnetty.codec.scte35.json;
    exports io.github.srtnetty.codec.scte35.xml;
}
