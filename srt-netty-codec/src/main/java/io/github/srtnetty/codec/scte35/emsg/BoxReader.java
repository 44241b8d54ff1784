// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.emsg;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.Located;
import io.github.srtnetty.codec.scte35.xml.XmlForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the boxes of one file or segment: the contents of emsg boxes; other boxes are skipped by their size. */
final class BoxReader {
    /** The largest emsg box. A message of a cue has at most 4096 bytes, but other schemes carry pictures. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_SCHEMES = 8;
    private static final int MOST_SHOWN = 60;
    private static final int HEADER = 8;
    private static final int LARGE_SIZE = 8;
    private static final String SCHEME = "urn:scte:scte35:";
    private static final String BINARY = ":bin";
    private static final XmlForm XML = new XmlForm();

    /**
     * The start of a box.
     *
     * @param body the number of bytes that follow; -1: up to the end of the file
     */
    private record Header(String type, long body) {}

    private final InputStream in;
    private final Set<SpliceInfoSection> cues = new LinkedHashSet<>();
    private final List<MalformedDataException> failures = new ArrayList<>();
    private final Set<String> otherSchemes = new TreeSet<>();

    private long position;
    /** The offset of the current box. */
    private long offset;

    private long boxes;
    private long messages;

    BoxReader(InputStream in) {
        this.in = in;
    }

    /** Reads to the end, or to a box with an invalid size. */
    CueDocument read() throws IOException {
        try {
            for (Header header = header(); header != null; header = header()) {
                boxes++;
                if (header.type.equals(EmsgBox.TYPE)) {
                    message(header.body);
                } else {
                    skip(header.body, header.type);
                }
            }
        } catch (MalformedDataException e) {
            failures.add(Located.at("offset " + offset, e));
        }
        return new CueDocument(List.copyOf(cues), failures, summary());
    }

    private @Nullable Header header() throws IOException {
        offset = position;
        byte[] start = in.readNBytes(HEADER);
        position += start.length;
        if (start.length == 0) {
            return null;
        }
        require("box", HEADER, start.length);
        Bytes header = Bytes.of(start);
        String type = header.slice(4, 4).text(StandardCharsets.ISO_8859_1);
        if (type.chars().anyMatch(c -> c < ' ' || c > '~' && c != 0xA9)) {
            throw new MalformedDataException(
                    "type", "a box of ISO 14496-12", "0x" + header.slice(4, 4).hex());
        }
        long size = header.unsignedInt(0);
        if (size == 0) {
            return new Header(type, -1);
        }
        return new Header(type, size == 1 ? largeBody(type) : body(type, size, HEADER));
    }

    private long largeBody(String type) throws IOException {
        byte[] large = in.readNBytes(LARGE_SIZE);
        position += large.length;
        require("largesize of " + type, LARGE_SIZE, large.length);
        return body(type, Bytes.of(large).toLong(), HEADER + LARGE_SIZE);
    }

    private static long body(String type, long size, int header) {
        if (size < header) {
            String actual = size < 0 ? "more than 2^63" : Long.toString(size);
            throw new MalformedDataException("size of " + type, "at least " + header, actual);
        }
        return size - header;
    }

    private void message(long size) throws IOException {
        if (size > MOST_BYTES) {
            failures.add(Located.at(
                    "offset " + offset,
                    new MalformedDataException("size of emsg", "at most " + MOST_BYTES, Long.toString(size))));
            skip(size, EmsgBox.TYPE);
            return;
        }
        byte[] body = in.readNBytes(size < 0 ? MOST_BYTES : (int) size);
        position += body.length;
        require(EmsgBox.TYPE, size, body.length);
        messages++;
        try {
            cue(EmsgBox.decode(Bytes.of(body)));
        } catch (MalformedDataException e) {
            failures.add(Located.at("offset " + offset + ", emsg", e));
        }
    }

    private void cue(EmsgBox box) {
        String scheme = box.schemeIdUri();
        if (scheme.startsWith(SCHEME) && scheme.endsWith(BINARY)) {
            cues.add(SpliceInfoSection.decode(box.messageData(), DecodeOptions.STRICT));
        } else if (scheme.startsWith(SCHEME)) {
            cues.addAll(XML.read(box.messageData().toArray())); // 2013:xml and 2014:xml+bin
        } else if (otherSchemes.size() < MOST_SCHEMES) {
            String shown = scheme.length() <= MOST_SHOWN ? scheme : scheme.substring(0, MOST_SHOWN) + "...";
            otherSchemes.add(shown.replaceAll("[^\\x21-\\x7E]", "?"));
        }
    }

    private void skip(long size, String type) throws IOException {
        long left = size < 0 ? Long.MAX_VALUE : size;
        byte[] sink = new byte[(int) Math.min(left, 1 << 16)];
        while (left > 0) {
            int count = in.read(sink, 0, (int) Math.min(left, sink.length));
            if (count < 0) {
                break;
            }
            position += count;
            left -= count;
        }
        if (size >= 0) {
            require(type, size, size - left);
        }
    }

    private static void require(String what, long expected, long actual) {
        if (actual < expected) {
            throw new MalformedDataException(what, expected + " bytes", actual + ", then the end");
        }
    }

    private String summary() {
        return boxes + " boxes, " + messages + " of them emsg"
                + (otherSchemes.isEmpty() ? "" : ", of other schemes: " + String.join(" ", otherSchemes));
    }
}
