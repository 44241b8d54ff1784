// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.SectionAssembler;
import io.github.srtnetty.codec.mpegts.SectionError;
import io.github.srtnetty.codec.mpegts.SectionListener;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decodes the packets of one splice PID to cues. */
final class SpliceStream implements SectionListener {
    /** Listener for the cues of the PID. */
    interface Listener {
        /** Receives each cue to be fired. */
        void onCue(SpliceStream stream, Scte35Cue cue);

        /** Receives each section that is not a cue. */
        void onFailure(Scte35Failure failure);
    }

    private final SplicePids.Found found;
    private final TsProgram program;
    private final Scte35Options options;
    private final Listener listener;
    private final @Nullable SectionAssembler sections;
    private final @Nullable PesSections pesSections;
    private final Repetitions repetitions;
    private @Nullable Future<?> alarm;

    SpliceStream(SplicePids.Found found, TsProgram program, Scte35Options options, Listener listener) {
        this.found = found;
        this.program = program;
        this.options = options;
        this.listener = listener;
        this.sections = found.isPrivate() ? null : new SectionAssembler(found.pid(), this);
        this.pesSections = found.isPrivate() ? new PesSections(found.pid(), this) : null;
        this.repetitions = new Repetitions(options.repetitionWindow().toMillis());
    }

    int pid() {
        return found.pid();
    }

    TsProgram program() {
        return program;
    }

    boolean is(SplicePids.Found other, TsProgram otherProgram) {
        return found.equals(other) && program == otherProgram;
    }

    /** Replaces the pending heartbeat alarm. */
    void alarm(@Nullable Future<?> next) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = next;
    }

    void accept(TsPacket packet, long packetIndex) {
        if (sections != null) {
            sections.accept(packet, packetIndex);
        } else if (pesSections != null) {
            pesSections.accept(packet, packetIndex);
        }
    }

    @Override
    public void onSection(Section section) {
        if (section.tableId() == SectionHeader.TABLE_ID) {
            decode(section);
        }
    }

    @Override
    public void onSectionError(SectionError error) {
        if (found.isPrivate() && !found.registered()) {
            return; // no descriptor marks the stream as one with cues
        }
        Section section = error.section();
        if (error.reason() == SectionError.Reason.BAD_CRC
                && section != null
                && options.decodeOptions().acceptsBadCrc()) {
            onSection(section);
        } else {
            fail(error.packetIndex(), error.cause(), section);
        }
    }

    private void decode(Section section) {
        SpliceInfoSection cue;
        try {
            cue = SpliceInfoSection.decode(section.toBytes(), options.decodeOptions());
        } catch (MalformedDataException e) {
            fail(section.packetIndex(), e, section);
            return;
        }
        Instant now = options.clock().instant();
        OptionalLong pts = known(program.lastPts90k());
        OptionalLong pcr = known(program.lastPcr27M());
        boolean heartbeat = cue.command() instanceof SpliceNull || cue.command() instanceof BandwidthReservation;
        long repetition = heartbeat ? 0 : repetitions.count(cue.bytes(), pts, now.toEpochMilli());
        listener.onCue(
                this,
                new Scte35Cue(
                        cue,
                        found.pid(),
                        program.programNumber(),
                        found.registered(),
                        section.packetIndex(),
                        now,
                        pts,
                        pcr,
                        repetition));
    }

    private void fail(long packetIndex, MalformedDataException cause, @Nullable Section section) {
        Bytes bytes = section == null ? Bytes.EMPTY : section.toBytes();
        listener.onFailure(new Scte35Failure(found.pid(), program.programNumber(), packetIndex, cause, bytes));
    }

    private static OptionalLong known(long clock) {
        return clock == TsPacket.NONE ? OptionalLong.empty() : OptionalLong.of(clock);
    }
}
