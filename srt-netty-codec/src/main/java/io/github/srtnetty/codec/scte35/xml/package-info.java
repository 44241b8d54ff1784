// SPDX-License-Identifier: Apache-2.0
/**
 * SCTE-35 cues as XML by the schema of SCTE 35 2023r1, {@link io.github.srtnetty.codec.scte35.xml.XmlForm}, as base64
 * in XML, {@link io.github.srtnetty.codec.scte35.xml.XmlBinForm}, and as events of DASH, {@link
 * io.github.srtnetty.codec.scte35.xml.DashForm}.
 *
 * <p>The classes come in pairs: {@code ...Nodes} makes elements of values, {@code ...Reader} makes values of elements.
 * {@code Cues} and {@code Descriptors} see to it that nothing is lost in between. Documents are read by the StAX of the
 * JDK, without DTD and external entities.
 *
 * <p>May import: the JDK, {@code codec.scte35}, {@code codec.scte35.form}, {@code codec.mpegts} and {@code codec.bits}.
 *
 * <p>Threads: all public types are immutable and may be shared.
 */
@NullMarked
package io.github.srtnetty.codec.scte35.xml;

import org.jspecify.annotations.NullMarked;
