// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * splice_insert(), SCTE 35 9.7.3: a splice, or the cancellation of an announced one.
 *
 * <pre>
 * splice_insert() {
 *   splice_event_id                       32
 *   splice_event_cancel_indicator          1
 *   reserved                               7
 *   if (splice_event_cancel_indicator == 0) {
 *     out_of_network_indicator             1
 *     program_splice_flag                  1
 *     duration_flag                        1
 *     splice_immediate_flag                1
 *     event_id_compliance_flag             1
 *     reserved                             3
 *     if (program_splice_flag == 1 &amp;&amp; splice_immediate_flag == 0)
 *       splice_time()
 *     if (program_splice_flag == 0) {
 *       component_count                    8
 *       for (i = 0; i &lt; component_count; i++) {
 *         component_tag                    8
 *         if (splice_immediate_flag == 0)
 *           splice_time()
 *       }
 *     }
 *     if (duration_flag == 1)
 *       break_duration()
 *     unique_program_id                   16
 *     avail_num                            8
 *     avails_expected                      8
 *   }
 * }
 * </pre>
 */
public sealed interface SpliceInsert extends SpliceCommand {
    /** splice_command_type. */
    int TYPE = 0x05;

    /** Returns splice_event_id, unsigned 32 bits. */
    long spliceEventId();

    /** Returns a builder of an immediate splice of the program out of the network. */
    static SpliceInsertBuilder builder(long spliceEventId) {
        return new SpliceInsertBuilder(spliceEventId);
    }

    @Override
    default int spliceCommandType() {
        return TYPE;
    }

    @Override
    default String name() {
        return "splice_insert";
    }

    /** splice_event_cancel_indicator 1: the event is cancelled. */
    record Cancel(long spliceEventId) implements SpliceInsert {
        /** Checks the range. */
        public Cancel {
            Limits.bits("splice_event_id", spliceEventId, 32);
        }

        @Override
        public void encode(BitWriter writer) {
            writer.bits(spliceEventId, 32, "splice_event_id").flag(true).reserved(7);
        }
    }

    /**
     * A splice.
     *
     * @param outOfNetworkIndicator true: out of the network feed, into a break; false: back
     * @param eventIdComplianceFlag as coded; in 2022b this bit is reserved (1)
     * @param target the program or its components, with the splice times
     * @param breakDuration null: duration_flag 0
     * @param uniqueProgramId 0 to 65535
     * @param availNum 0 to 255
     * @param availsExpected 0 to 255
     */
    record Event(
            long spliceEventId,
            boolean outOfNetworkIndicator,
            boolean eventIdComplianceFlag,
            Target target,
            @Nullable BreakDuration breakDuration,
            int uniqueProgramId,
            int availNum,
            int availsExpected)
            implements SpliceInsert {
        /** Checks the ranges. */
        public Event {
            Limits.bits("splice_event_id", spliceEventId, 32);
            Limits.bits("unique_program_id", uniqueProgramId, 16);
            Limits.bits("avail_num", availNum, 8);
            Limits.bits("avails_expected", availsExpected, 8);
        }

        @Override
        public void encode(BitWriter writer) {
            writer.bits(spliceEventId, 32, "splice_event_id").flag(false).reserved(7);
            writer.flag(outOfNetworkIndicator)
                    .flag(target instanceof Program)
                    .flag(breakDuration != null)
                    .flag(target.spliceImmediateFlag())
                    .flag(eventIdComplianceFlag)
                    .reserved(3);
            target.encode(writer);
            if (breakDuration != null) {
                breakDuration.encode(writer);
            }
            writer.bits(uniqueProgramId, 16, "unique_program_id")
                    .bits(availNum, 8, "avail_num")
                    .bits(availsExpected, 8, "avails_expected");
        }
    }

    /** The whole program or some of its components. */
    sealed interface Target {
        /** Returns whether the splice is immediate, without a time. */
        boolean spliceImmediateFlag();

        /** Writes the fields after the flags. */
        void encode(BitWriter writer);
    }

    /**
     * program_splice_flag 1.
     *
     * @param spliceTime null: splice_immediate_flag 1
     */
    record Program(@Nullable SpliceTime spliceTime) implements Target {
        /** The whole program, immediately. */
        public static final Program IMMEDIATE = new Program(null);

        @Override
        public boolean spliceImmediateFlag() {
            return spliceTime == null;
        }

        @Override
        public void encode(BitWriter writer) {
            if (spliceTime != null) {
                spliceTime.encode(writer);
            }
        }
    }

    /**
     * program_splice_flag 0 (deprecated by the standard): all components have their own time, or none of them has one.
     *
     * @param components at most 255
     */
    record Components(boolean spliceImmediateFlag, List<Component> components) implements Target {
        /** Checks that the components have a time if and only if the splice is not immediate. */
        public Components {
            components = List.copyOf(components);
            Limits.size("component_count", components.size(), 255);
            for (Component component : components) {
                if ((component.spliceTime == null) != spliceImmediateFlag) {
                    throw new IllegalArgumentException(
                            "splice_time: required if and only if splice_immediate_flag is 0");
                }
            }
        }

        @Override
        public void encode(BitWriter writer) {
            writer.bits(components.size(), 8, "component_count");
            for (Component component : components) {
                writer.bits(component.componentTag, 8, "component_tag");
                if (component.spliceTime != null) {
                    component.spliceTime.encode(writer);
                }
            }
        }
    }

    /**
     * An elementary stream, identified by the component_tag of its stream_identifier_descriptor.
     *
     * @param componentTag 0 to 255
     * @param spliceTime null: immediate
     */
    record Component(int componentTag, @Nullable SpliceTime spliceTime) {
        /** Checks the range. */
        public Component {
            Limits.bits("component_tag", componentTag, 8);
        }
    }

    /**
     * Reads a splice_insert().
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when the bytes end inside the command
     */
    static SpliceInsert decode(BitReader reader) {
        long id = reader.bits(32, "splice_event_id");
        boolean cancel = reader.flag("splice_event_cancel_indicator");
        reader.reserved(7);
        return cancel ? new Cancel(id) : decodeEvent(id, reader);
    }

    private static Event decodeEvent(long id, BitReader reader) {
        boolean out = reader.flag("out_of_network_indicator");
        boolean program = reader.flag("program_splice_flag");
        boolean hasDuration = reader.flag("duration_flag");
        boolean immediate = reader.flag("splice_immediate_flag");
        boolean compliance = reader.flag("event_id_compliance_flag");
        reader.reserved(3);
        Target target = program ? decodeProgram(immediate, reader) : decodeComponents(immediate, reader);
        BreakDuration duration = hasDuration ? BreakDuration.decode(reader) : null;
        int programId = reader.uint(16, "unique_program_id");
        int availNum = reader.uint(8, "avail_num");
        int availsExpected = reader.uint(8, "avails_expected");
        return new Event(id, out, compliance, target, duration, programId, availNum, availsExpected);
    }

    private static Program decodeProgram(boolean immediate, BitReader reader) {
        return immediate ? Program.IMMEDIATE : new Program(SpliceTime.decode(reader));
    }

    private static Components decodeComponents(boolean immediate, BitReader reader) {
        int count = reader.uint(8, "component_count");
        List<Component> components = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            int tag = reader.uint(8, "component_tag");
            components.add(new Component(tag, immediate ? null : SpliceTime.decode(reader)));
        }
        return new Components(immediate, components);
    }
}
