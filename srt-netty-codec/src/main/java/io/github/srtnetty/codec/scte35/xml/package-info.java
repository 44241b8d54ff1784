// SPDX-License-Identifier: Apache-2.0
/**
 * SCTE-35 cues as XML: by the schema of SCTE 35 2023r1 ({@link io.github.srtnetty.codec.scte35.xml.XmlForm}), as base64
 * in XML ({@link io.github.srtnetty.codec.scte35.xml.XmlBinForm}), and as events of DASH ({@link
 * io.github.srtnetty.codec.scte35.xml.DashForm}).
 *
 * <p>The classes are in pairs: {@code ...Nodes} creates elements from values, {@code ...Reader} reads values from
 * elements. {@code Cues} and {@code Descriptors} ensure that no bytes are lost. The StAX parser of the JDK reads
 * documents, without DTD and external entities.
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.scte35.form}, {@code codec.mpegts} and {@code codec.bits}.
 *
 * <p>Threads: all public types are immutable and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.xml;

import org.jspecify.annotations.NullMarked;
