// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpliceEventTrackerTest {
    private static final int PROGRAM = 1;
    private static final long HOUR = 3600L * Timestamp.PTS_HZ;
    private static final long PRE_ROLL = 4L * Timestamp.PTS_HZ;
    private static final long LONGEST = Timestamp.PTS_MODULUS - 1;
    private static final long START = 1_000_000;

    private final List<SpliceEvent> events = new ArrayList<>();
    private final SpliceEventTracker tracker = new SpliceEventTracker(events::add);

    @Test
    void returnsFromTheLongestBreak_whenItsTicksHaveGoneBy() {
        long announced = START - PRE_ROLL;
        long over = PRE_ROLL + LONGEST;
        tracker.accept(out(SpliceTime.at(START), LONGEST, announced));
        for (long elapsed = 0; elapsed < over; elapsed += HOUR) {
            advance(announced + elapsed);
        }
        advance(announced + over - 1);
        assertThat(events).extracting(SpliceEvent::kind).containsExactly(SpliceEvent.Kind.OPENED);

        advance(announced + over);

        assertThat(events)
                .extracting(SpliceEvent::kind)
                .containsExactly(SpliceEvent.Kind.OPENED, SpliceEvent.Kind.AUTO_RETURNED);
        assertThat(events.get(1).splicePts()).hasValue(START - 1);
        assertThat(tracker.open()).isEmpty();
    }

    @Test
    void returnsFromABreakThatStartsAtOnce_overTheWrapOfThePts() {
        long now = Timestamp.PTS_MODULUS - 10;
        tracker.accept(out(SpliceTime.UNSPECIFIED, 900_000, now));
        advance(now + 899_999);
        assertThat(tracker.open()).hasSize(1);

        advance(now + 900_000);

        assertThat(tracker.open()).isEmpty();
    }

    @Test
    void countsOnlyTheTimeOfTheProgramTheBreakIsOf() {
        tracker.accept(out(SpliceTime.at(START), 900_000, START));

        tracker.advance(PROGRAM + 1, START + 900_000);

        assertThat(tracker.open()).hasSize(1);
    }

    @Test
    void waitsAgain_whenPicturesComeInCodingOrder() {
        tracker.accept(out(SpliceTime.at(START), 900_000, START));
        advance(START + 890_000);
        advance(START + 880_000);
        advance(START + 899_999);
        assertThat(tracker.open()).hasSize(1);

        advance(START + 900_000);

        assertThat(tracker.open()).isEmpty();
    }

    @Test
    void asksForTheTimeOfNoProgram_whoseBreakIsOver() {
        assertThat(tracker.programsToAdvance()).isEmpty();
        tracker.accept(out(SpliceTime.at(START), 900_000, START));
        assertThat(tracker.programsToAdvance()).containsExactly(PROGRAM);

        advance(START + 900_000);

        assertThat(tracker.programsToAdvance()).isEmpty();
    }

    @Test
    void movesTheEnd_whenARepeatedCueHasAnotherDuration() {
        tracker.accept(out(SpliceTime.at(START), 900_000, START));
        tracker.accept(out(SpliceTime.at(START), 1_800_000, START));
        advance(START + 900_000);
        assertThat(tracker.open()).hasSize(1);

        advance(START + 1_800_000);

        assertThat(events)
                .extracting(SpliceEvent::kind)
                .containsExactly(SpliceEvent.Kind.OPENED, SpliceEvent.Kind.AUTO_RETURNED);
        assertThat(events.get(1).splicePts()).hasValue(Timestamp.add(START, 1_800_000));
    }

    @Test
    void opensNothingTwice_whenAnnouncementsOfStartAndEndAreRepeated() {
        for (int i = 0; i < 3; i++) {
            tracker.accept(out(SpliceTime.at(START), 900_000, START));
            tracker.accept(in(SpliceTime.at(Timestamp.add(START, 900_000)), START));
        }

        assertThat(events)
                .extracting(SpliceEvent::kind)
                .containsExactly(SpliceEvent.Kind.OPENED, SpliceEvent.Kind.CLOSED);
    }

    @Test
    void endsABreakAfterWhatWasLeft_whenThePtsJumpsBack() {
        tracker.accept(out(SpliceTime.at(START), 900_000, START));
        advance(START + 450_000);
        advance(START - 90_000L * 3600);
        advance(START - 90_000L * 3600 + 449_999);
        assertThat(tracker.open()).hasSize(1);

        advance(START - 90_000L * 3600 + 450_000);

        assertThat(tracker.open()).isEmpty();
    }

    @Test
    void closesAProgramThatAnOverlapHasStarted() {
        tracker.accept(segment(SegmentationType.PROGRAM_OVERLAP_START));
        tracker.accept(segment(SegmentationType.PROGRAM_END));

        assertThat(events)
                .extracting(SpliceEvent::kind)
                .containsExactly(SpliceEvent.Kind.OPENED, SpliceEvent.Kind.CLOSED);
        assertThat(events).allMatch(event -> event.segmentationTypeId() == 0x17);
    }

    private static Scte35Cue segment(SegmentationType type) {
        return cue(
                SpliceInfoSection.builder(TimeSignal.at(START))
                        .descriptor(
                                SegmentationDescriptor.Event.builder(9, type).build())
                        .build(),
                START);
    }

    private static Scte35Cue in(SpliceTime time, long lastPts90k) {
        SpliceInsert.Event insert =
                new SpliceInsert.Event(7, false, true, new SpliceInsert.Program(time), null, 1, 0, 0);
        return cue(SpliceInfoSection.builder(insert).build(), lastPts90k);
    }

    private void advance(long ticks) {
        tracker.advance(PROGRAM, Timestamp.add(ticks, 0));
    }

    private static Scte35Cue out(SpliceTime time, long duration, long lastPts90k) {
        SpliceInsert.Event insert = new SpliceInsert.Event(
                7, true, true, new SpliceInsert.Program(time), new BreakDuration(true, duration), 1, 0, 0);
        return cue(SpliceInfoSection.builder(insert).build(), lastPts90k);
    }

    private static Scte35Cue cue(SpliceInfoSection section, long lastPts90k) {
        return new Scte35Cue(
                section,
                Streams.SPLICE_PID,
                PROGRAM,
                true,
                0,
                Instant.EPOCH,
                OptionalLong.of(lastPts90k),
                OptionalLong.empty(),
                0);
    }
}
