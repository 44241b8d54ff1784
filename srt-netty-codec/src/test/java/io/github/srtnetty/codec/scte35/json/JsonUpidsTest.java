// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UpidType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** UPIDs of every type and of bytes that no text can hold come back from JSON. */
class JsonUpidsTest {
    private static final Scte35Json LOSSLESS = new Scte35Json();
    /** Nothing, text, zeros in front, a byte that is no ASCII at either end, twelve and sixteen bytes. */
    private static final List<Bytes> CONTENTS = List.of(
            Bytes.EMPTY,
            Bytes.fromHex("00"),
            Bytes.fromHex("80"),
            Bytes.fromHex("61626364"),
            Bytes.fromHex("00000000ff"),
            Bytes.fromHex("ff00000061"),
            Bytes.fromHex("000102030405060708090a0b"),
            Bytes.fromHex("80818283848586878889fffe"),
            Bytes.fromHex("6ba7b8109dad11d180b400c04fd430c8"));

    static List<SegmentationUpid> upids() {
        return IntStream.range(0, 0x16)
                .boxed()
                .flatMap(type -> CONTENTS.stream().map(bytes -> SegmentationUpid.of(type, bytes)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("upids")
    void readsTheBytesItPrints(SegmentationUpid upid) {
        assertThat(readBack(upid)).isEqualTo(cue(upid));
    }

    @Test
    void readsTheBytesItPrints_inMids() {
        for (int from = 0; from < upids().size(); from += 8) {
            List<SegmentationUpid> items = new ArrayList<>();
            for (SegmentationUpid upid : upids().subList(from, Math.min(from + 8, upids().size()))) {
                items.add(upid instanceof SegmentationUpid.Mid ? new SegmentationUpid.Plain(0x0D, upid.bytes()) : upid);
            }
            SegmentationUpid mid = new SegmentationUpid.Mid(items);
            assertThat(readBack(mid)).as("from %d", from).isEqualTo(cue(mid));
        }
    }

    @Test
    void printsBytesOnlyWhereTheTextDoesNotGiveThem() {
        assertThat(LOSSLESS.toJson(cue(SegmentationUpid.of(0x10, CONTENTS.get(7)))))
                .contains("\"segmentation_upid_bytes\":\"80818283848586878889fffe\"}");
        assertThat(LOSSLESS.toJson(cue(SegmentationUpid.ofText(UpidType.URI, "urn:example:1"))))
                .doesNotContain("upid_bytes");
    }

    @Test
    void printsAUuidInItsNotation_andReadsItBack() {
        SpliceInfoSection uuid = cue(SegmentationUpid.of(0x10, CONTENTS.get(8)));
        assertThat(LOSSLESS.toJson(uuid))
                .contains("\"segmentation_upid\":\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"")
                .doesNotContain("upid_bytes");
        assertThat(new ThreefiveJson().toJson(uuid)).contains("\uFFFD");
    }

    @Test
    void printsNothingForAnEmptyUpid() {
        for (int type : new int[] {UpidType.MPU.id(), UpidType.TI.id()}) {
            assertThat(LOSSLESS.toJson(cue(SegmentationUpid.of(type, Bytes.EMPTY))))
                    .contains("\"segmentation_upid\":\"\"");
        }
    }

    @Test
    void readsTheReservedBitsAndTheUpidOfADvbDasDescriptor() {
        SpliceInfoSection das = SpliceInfoSection.builder(SpliceNull.INSTANCE)
                .descriptor(new DvbDasDescriptor(1, 2, 0x5, 3, Bytes.fromHex("61ff")))
                .build();

        assertThat(Scte35Json.parse(LOSSLESS.toJson(das))).isEqualTo(das);
        assertThat(new ThreefiveJson().toJson(das)).doesNotContain("reserved").doesNotContain("upid_bytes");
    }

    private static SpliceInfoSection readBack(SegmentationUpid upid) {
        return Scte35Json.parse(LOSSLESS.toJson(cue(upid)));
    }

    private static SpliceInfoSection cue(SegmentationUpid upid) {
        return SpliceInfoSection.builder(TimeSignal.at(900_000))
                .descriptor(SegmentationDescriptor.Event.builder(7, SegmentationType.PROGRAM_START)
                        .upid(upid)
                        .build())
                .build();
    }
}
