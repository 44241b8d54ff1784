// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.emsg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.xml.XmlBinForm;
import io.github.srtnetty.codec.scte35.xml.XmlForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Event message boxes, among the boxes of a segment. */
class EmsgFormTest {
    private static final SpliceInfoSection CUE = section(
            SpliceInsert.builder(7).at(900_000).autoReturnAfter(2_700_000).build());

    private final EmsgForm form = new EmsgForm();

    /** Version 1, written by hand after ISO/IEC 23009-1. */
    @Test
    void writesVersion1() {
        assertThat(Bytes.of(form.write(CUE)).hex())
                .isEqualTo("00000062656d7367" + "01000000" + "00015f90" + "00000000000dbba0" + "002932e0"
                        + String.format("%08x", CUE.crc32())
                        + hex("urn:scte:scte35:2013:bin") + "00" + "00"
                        + CUE.bytes().hex());
    }

    @Test
    void writesVersion0_withThePreRoll() {
        assertThat(Bytes.of(form.withVersion(0).write(cue(CUE, 540_000))).hex())
                .isEqualTo("0000005e656d7367" + "00000000" + hex("urn:scte:scte35:2013:bin") + "00" + "00" + "00015f90"
                        + "00057e40" + "002932e0" + String.format("%08x", CUE.crc32())
                        + CUE.bytes().hex());
        assertThatThrownBy(() -> form.withVersion(2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTimesFromTheCue_orFromTheStream() {
        SpliceInfoSection heartbeat = section(SpliceNull.INSTANCE);
        assertThat(box(form.write(cue(heartbeat, 540_000))))
                .returns(540_000L, EmsgBox::presentationTime)
                .returns(EmsgBox.UNKNOWN_DURATION, EmsgBox::eventDuration);
        assertThat(box(form.write(heartbeat)).presentationTime()).isZero();
        SpliceInfoSection segment = SpliceInfoSection.builder(TimeSignal.at(1))
                .ptsAdjustment(9)
                .descriptor(SegmentationDescriptor.Event.builder(1, SegmentationType.BREAK_START)
                        .duration(1L << 39)
                        .build())
                .build();
        assertThat(box(form.write(segment)))
                .returns(10L, EmsgBox::presentationTime)
                .returns(EmsgBox.UNKNOWN_DURATION, EmsgBox::eventDuration);
    }

    @Test
    void findsMessagesAmongOtherBoxes() {
        SpliceInfoSection other = section(TimeSignal.at(5));
        byte[] id3 = new EmsgBox(1, "https://aomedia.org/emsg/ID3", "", 1000, 0, 0, 1, Bytes.of(new byte[3]))
                .encode()
                .toArray();
        byte[] file = joined(
                box("styp", 16),
                form.write(CUE),
                id3,
                form.withVersion(0).write(CUE),
                largeBox("mdat", 70_000),
                form.write(other),
                box("moof", 0),
                toTheEnd("mdat", 100));
        CueDocument read = form.examine(file);
        assertThat(read.cues()).containsExactly(CUE, other);
        assertThat(read.failures()).isEmpty();
        assertThat(read.summary()).isEqualTo("8 boxes, 4 of them emsg, of other schemes: https://aomedia.org/emsg/ID3");
    }

    @Test
    void readsMessagesWithXml() {
        byte[] xml = message("urn:scte:scte35:2013:xml", new XmlForm().write(CUE));
        assertThat(form.read(xml)).containsExactly(CUE);
        byte[] base64 = message("urn:scte:scte35:2014:xml+bin", new XmlBinForm().write(CUE));
        assertThat(form.read(base64)).containsExactly(CUE);
        byte[] broken = message("urn:scte:scte35:2013:xml", new byte[] {'<', 'a', '>'});
        assertThatThrownBy(() -> form.read(broken)).hasMessageStartingWith("offset 0, emsg: ");
    }

    private static byte[] message(String scheme, byte[] data) {
        return new EmsgBox(1, scheme, "", 1, 0, 0, 1, Bytes.of(data)).encode().toArray();
    }

    @Test
    void readsABoxThatGoesUpToTheEnd() {
        byte[] file = form.write(CUE);
        ByteBuffer.wrap(file).putInt(0, 0);
        assertThat(form.read(file)).containsExactly(CUE);
    }

    @Test
    void namesTheOffsetOfWhatIsCutOrBroken_andGivesTheCuesBefore() {
        byte[] message = form.write(CUE);
        assertFails(joined(message, cut(box("moof", 40), 20)), "offset 98: moof: expected 40 bytes, actual 12, then");
        assertFails(joined(message, cut(message, 50)), "offset 98: emsg: expected 90 bytes, actual 42, then the end");
        assertFails(joined(message, cut(message, 5)), "offset 98: box: expected 8 bytes, actual 5");
        assertFails(joined(message, new byte[] {0, 0, 0, 7, 'm', 'd', 'a', 't'}), "offset 98: size of mdat: expected");
        assertFails(joined(message, cut(largeBox("mdat", 9), 12)), "offset 98: largesize of mdat: expected 8 bytes");
        byte[] negative = largeBox("mdat", 9);
        negative[8] = (byte) 0x80;
        assertFails(joined(message, negative), "offset 98: size of mdat: expected at least 16, actual more than 2^63");
        assertFails(joined(message, new byte[] {0, 0, 0, 9, 1, 2, 3, 4, 5}), "offset 98: type: expected a box");
    }

    @Test
    void aMessageThatCannotBeRead_doesNotHideTheNextOne() {
        byte[] broken = form.write(CUE);
        broken[broken.length - 1] ^= 1;
        byte[] later = form.write(CUE);
        later[8] = 2;
        byte[] unending = new byte[20];
        ByteBuffer.wrap(unending)
                .putInt(20)
                .put("emsg".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putInt(0x61616161);
        unending[16] = unending[17] = unending[18] = unending[19] = 'a';
        CueDocument read = form.examine(joined(broken, later, unending, form.write(CUE)));
        assertThat(read.cues()).containsExactly(CUE);
        assertThat(read.failures().stream().map(Throwable::getMessage))
                .satisfiesExactly(
                        crc -> assertThat(crc).startsWith("offset 0, emsg: CRC_32: expected"),
                        version ->
                                assertThat(version).startsWith("offset 98, emsg: version: expected 0 or 1, actual 2"),
                        text -> assertThat(text).startsWith("offset 196, emsg: scheme_id_uri: expected"));
    }

    @Test
    void aHugeMessageIsPassedOver_andHugeFilesNeedNoMemory() throws IOException {
        byte[] huge = box("emsg", 2_000_000);
        CueDocument read = form.examine(joined(huge, form.write(CUE)));
        assertThat(read.cues()).containsExactly(CUE);
        assertThat(read.failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure).hasMessageStartingWith("offset 0: size of emsg: expected at most 1048576"));
        long size = 6L << 30;
        byte[] start = joined(
                form.write(CUE),
                ByteBuffer.allocate(16)
                        .putInt(1)
                        .put("mdat".getBytes(StandardCharsets.US_ASCII))
                        .putLong(size)
                        .array());
        try (InputStream file = new SequenceInputStream(new ByteArrayInputStream(start), new Zeros(size - 16))) {
            assertThat(form.examine(file).cues()).containsExactly(CUE);
        }
    }

    /** So many bytes 0. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }

    private void assertFails(byte[] file, String message) {
        CueDocument read = form.examine(file);
        assertThat(read.cues()).containsExactly(CUE);
        assertThat(read.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageStartingWith(message));
        assertThatThrownBy(() -> form.read(file)).isInstanceOf(MalformedDataException.class);
    }

    private static EmsgBox box(byte[] written) {
        Bytes box = Bytes.of(written);
        return EmsgBox.decode(box.slice(8, box.length() - 8));
    }

    private static byte[] box(String type, int body) {
        return ByteBuffer.allocate(8 + body)
                .putInt(8 + body)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static byte[] largeBox(String type, int body) {
        return ByteBuffer.allocate(16 + body)
                .putInt(1)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putLong(16L + body)
                .array();
    }

    private static byte[] toTheEnd(String type, int body) {
        byte[] box = box(type, body);
        ByteBuffer.wrap(box).putInt(0, 0);
        return box;
    }

    private static byte[] cut(byte[] bytes, int length) {
        return Bytes.copyOf(bytes, 0, length).toArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static String hex(String text) {
        return Bytes.of(text, StandardCharsets.US_ASCII).hex();
    }

    private static SpliceInfoSection section(SpliceCommand command) {
        return SpliceInfoSection.builder(command).build();
    }

    private static Scte35Cue cue(SpliceInfoSection section, long lastPts) {
        return new Scte35Cue(
                section, 0x102, 1, true, 0, Instant.EPOCH, OptionalLong.of(lastPts), OptionalLong.empty(), 0);
    }
}
