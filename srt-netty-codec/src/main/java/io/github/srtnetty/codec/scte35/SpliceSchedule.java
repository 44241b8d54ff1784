// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * splice_schedule(), SCTE 35 9.7.2: splices announced by wall-clock time.
 *
 * <pre>
 * splice_schedule() {
 *   splice_count                           8
 *   for (i = 0; i &lt; splice_count; i++) {
 *     splice_event_id                     32
 *     splice_event_cancel_indicator        1
 *     event_id_compliance_flag             1
 *     reserved                             6
 *     if (splice_event_cancel_indicator == 0) {
 *       out_of_network_indicator           1
 *       program_splice_flag                1
 *       duration_flag                      1
 *       reserved                           5
 *       if (program_splice_flag == 1)
 *         utc_splice_time                 32
 *       if (program_splice_flag == 0) {
 *         component_count                  8
 *         for (j = 0; j &lt; component_count; j++) {
 *           component_tag                  8
 *           utc_splice_time               32
 *         }
 *       }
 *       if (duration_flag)
 *         break_duration()
 *       unique_program_id                 16
 *       avail_num                          8
 *       avails_expected                    8
 *     }
 *   }
 * }
 * </pre>
 *
 * @param events at most 255
 */
public record SpliceSchedule(List<Entry> events) implements SpliceCommand {
    /** splice_command_type. */
    public static final int TYPE = 0x04;
    /** 6 January 1980, 00:00 UTC, from which utc_splice_time counts seconds, including leap seconds. */
    public static final Instant GPS_EPOCH = Instant.parse("1980-01-06T00:00:00Z");

    /** Checks the count. */
    public SpliceSchedule {
        events = List.copyOf(events);
        Limits.size("splice_count", events.size(), 255);
    }

    @Override
    public int spliceCommandType() {
        return TYPE;
    }

    @Override
    public String name() {
        return "splice_schedule";
    }

    /** One scheduled splice or the cancellation of one. */
    public sealed interface Entry {
        /** Returns splice_event_id, unsigned 32 bits. */
        long spliceEventId();

        /** Returns event_id_compliance_flag as coded; in 2022b this bit is reserved (1). */
        boolean eventIdComplianceFlag();
    }

    /** splice_event_cancel_indicator 1. */
    public record Cancel(long spliceEventId, boolean eventIdComplianceFlag) implements Entry {
        /** Checks the range. */
        public Cancel {
            Limits.bits("splice_event_id", spliceEventId, 32);
        }
    }

    /**
     * A scheduled splice.
     *
     * @param outOfNetworkIndicator true: out of the network feed, into a break; false: back
     * @param breakDuration null: duration_flag 0
     * @param uniqueProgramId 0 to 65535
     * @param availNum 0 to 255
     * @param availsExpected 0 to 255
     */
    public record Event(
            long spliceEventId,
            boolean eventIdComplianceFlag,
            boolean outOfNetworkIndicator,
            Target target,
            @Nullable BreakDuration breakDuration,
            int uniqueProgramId,
            int availNum,
            int availsExpected)
            implements Entry {
        /** Checks the ranges. */
        public Event {
            Limits.bits("splice_event_id", spliceEventId, 32);
            Limits.bits("unique_program_id", uniqueProgramId, 16);
            Limits.bits("avail_num", availNum, 8);
            Limits.bits("avails_expected", availsExpected, 8);
        }
    }

    /** The whole program or some of its components. */
    public sealed interface Target {}

    /**
     * program_splice_flag 1.
     *
     * @param utcSpliceTime seconds since {@link #GPS_EPOCH}, including leap seconds, unsigned 32 bits
     */
    public record Program(long utcSpliceTime) implements Target {
        /** Checks the range. */
        public Program {
            Limits.bits("utc_splice_time", utcSpliceTime, 32);
        }
    }

    /** program_splice_flag 0 (deprecated by the standard); at most 255 components. */
    public record Components(List<Component> components) implements Target {
        /** Checks the count. */
        public Components {
            components = List.copyOf(components);
            Limits.size("component_count", components.size(), 255);
        }
    }

    /**
     * An elementary stream with its time.
     *
     * @param componentTag 0 to 255
     * @param utcSpliceTime as in {@link Program}
     */
    public record Component(int componentTag, long utcSpliceTime) {
        /** Checks the ranges. */
        public Component {
            Limits.bits("component_tag", componentTag, 8);
            Limits.bits("utc_splice_time", utcSpliceTime, 32);
        }
    }

    static SpliceSchedule decode(BitReader reader) {
        int count = reader.uint(8, "splice_count");
        List<Entry> events = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            long id = reader.bits(32, "splice_event_id");
            boolean cancel = reader.flag("splice_event_cancel_indicator");
            boolean compliance = reader.flag("event_id_compliance_flag");
            reader.reserved(6);
            events.add(cancel ? new Cancel(id, compliance) : decodeEvent(id, compliance, reader));
        }
        return new SpliceSchedule(events);
    }

    private static Event decodeEvent(long id, boolean compliance, BitReader reader) {
        boolean out = reader.flag("out_of_network_indicator");
        boolean program = reader.flag("program_splice_flag");
        boolean hasDuration = reader.flag("duration_flag");
        reader.reserved(5);
        Target target = program ? new Program(reader.bits(32, "utc_splice_time")) : decodeComponents(reader);
        BreakDuration duration = hasDuration ? BreakDuration.decode(reader) : null;
        int programId = reader.uint(16, "unique_program_id");
        int availNum = reader.uint(8, "avail_num");
        int availsExpected = reader.uint(8, "avails_expected");
        return new Event(id, compliance, out, target, duration, programId, availNum, availsExpected);
    }

    private static Components decodeComponents(BitReader reader) {
        int count = reader.uint(8, "component_count");
        List<Component> components = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            int tag = reader.uint(8, "component_tag");
            components.add(new Component(tag, reader.bits(32, "utc_splice_time")));
        }
        return new Components(components);
    }

    @Override
    public void encode(BitWriter writer) {
        writer.bits(events.size(), 8, "splice_count");
        for (Entry entry : events) {
            writer.bits(entry.spliceEventId(), 32, "splice_event_id")
                    .flag(entry instanceof Cancel)
                    .flag(entry.eventIdComplianceFlag())
                    .reserved(6);
            if (entry instanceof Event event) {
                encodeEvent(event, writer);
            }
        }
    }

    private static void encodeEvent(Event event, BitWriter writer) {
        BreakDuration duration = event.breakDuration;
        writer.flag(event.outOfNetworkIndicator)
                .flag(event.target instanceof Program)
                .flag(duration != null)
                .reserved(5);
        if (event.target instanceof Program program) {
            writer.bits(program.utcSpliceTime, 32, "utc_splice_time");
        } else if (event.target instanceof Components components) {
            writer.bits(components.components.size(), 8, "component_count");
            for (Component component : components.components) {
                writer.bits(component.componentTag, 8, "component_tag")
                        .bits(component.utcSpliceTime, 32, "utc_splice_time");
            }
        }
        if (duration != null) {
            duration.encode(writer);
        }
        writer.bits(event.uniqueProgramId, 16, "unique_program_id")
                .bits(event.availNum, 8, "avail_num")
                .bits(event.availsExpected, 8, "avails_expected");
    }
}
