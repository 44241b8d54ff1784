// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.scte35.BandwidthReservation;
import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.PrivateCommand;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.TimeSignal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Creates the elements of commands, SCTE 35 9.7. */
final class CommandNodes {
    /** The schema requires a program in a cancelled event, too. */
    private static final long NO_TIME = 0;

    private CommandNodes() {}

    /** Returns the element, or null if the schema cannot represent the command. */
    static @Nullable XmlNode of(SpliceCommand command) {
        if (command instanceof SpliceNull) {
            return XmlNode.scte("SpliceNull");
        } else if (command instanceof SpliceSchedule schedule) {
            return schedule(schedule);
        } else if (command instanceof SpliceInsert insert) {
            return insert(insert);
        } else if (command instanceof TimeSignal signal) {
            return XmlNode.scte("TimeSignal").add(spliceTime(signal.spliceTime()));
        } else if (command instanceof BandwidthReservation) {
            return XmlNode.scte("BandwidthReservation");
        } else if (command instanceof PrivateCommand other) {
            return XmlNode.scte("PrivateCommand")
                    .with("identifier", other.identifier())
                    .add(XmlNode.scte("PrivateBytes")
                            .addText(other.privateBytes().hex()));
        }
        return null;
    }

    private static @Nullable XmlNode schedule(SpliceSchedule schedule) {
        XmlNode node = XmlNode.scte("SpliceSchedule");
        for (SpliceSchedule.Entry entry : schedule.events()) {
            XmlNode event = XmlNode.scte("Event").with("spliceEventId", entry.spliceEventId());
            compliance(event, entry.eventIdComplianceFlag());
            if (entry instanceof SpliceSchedule.Event splice) {
                if (!addTarget(event, splice.target())) {
                    return null;
                }
                event.with("spliceEventCancelIndicator", false)
                        .with("outOfNetworkIndicator", splice.outOfNetworkIndicator());
                avail(event, splice.uniqueProgramId(), splice.availNum(), splice.availsExpected());
                addBreak(event, splice.breakDuration());
            } else {
                event.with("spliceEventCancelIndicator", true)
                        .add(XmlNode.scte("Program").with("utcSpliceTime", dateTime(NO_TIME)));
            }
            node.add(event);
        }
        return node;
    }

    /** Adds the program or the components; returns false if there are none, which the schema cannot represent. */
    private static boolean addTarget(XmlNode event, SpliceSchedule.Target target) {
        if (target instanceof SpliceSchedule.Program program) {
            event.add(XmlNode.scte("Program").with("utcSpliceTime", dateTime(program.utcSpliceTime())));
            return true;
        }
        SpliceSchedule.Components components = (SpliceSchedule.Components) target;
        for (SpliceSchedule.Component component : components.components()) {
            event.add(XmlNode.scte("Component")
                    .with("componentTag", component.componentTag())
                    .with("utcSpliceTime", dateTime(component.utcSpliceTime())));
        }
        return !components.components().isEmpty();
    }

    private static String dateTime(long utcSpliceTime) {
        Instant instant = SpliceSchedule.GPS_EPOCH.plusSeconds(utcSpliceTime);
        return instant.toString();
    }

    private static @Nullable XmlNode insert(SpliceInsert insert) {
        XmlNode node = XmlNode.scte("SpliceInsert").with("spliceEventId", insert.spliceEventId());
        if (!(insert instanceof SpliceInsert.Event event)) {
            return node.with("spliceEventCancelIndicator", true).add(XmlNode.scte("Program"));
        }
        node.with("spliceEventCancelIndicator", false)
                .with("outOfNetworkIndicator", event.outOfNetworkIndicator())
                .with("spliceImmediateFlag", event.target().spliceImmediateFlag());
        compliance(node, event.eventIdComplianceFlag());
        avail(node, event.uniqueProgramId(), event.availNum(), event.availsExpected());
        if (event.target() instanceof SpliceInsert.Program program) {
            node.add(withTime(XmlNode.scte("Program"), program.spliceTime()));
        } else if (event.target() instanceof SpliceInsert.Components components) {
            for (SpliceInsert.Component component : components.components()) {
                XmlNode child = XmlNode.scte("Component").with("componentTag", component.componentTag());
                node.add(withTime(child, component.spliceTime()));
            }
            if (components.components().isEmpty()) {
                return null;
            }
        }
        return addBreak(node, event.breakDuration());
    }

    /** Adds the flag if it is 0; the schemas before 2023 do not have it, and reserve the bit as 1. */
    private static void compliance(XmlNode node, boolean eventIdComplianceFlag) {
        if (!eventIdComplianceFlag) {
            node.with("eventIdComplianceFlag", false);
        }
    }

    private static void avail(XmlNode node, int uniqueProgramId, int availNum, int availsExpected) {
        node.with("uniqueProgramId", uniqueProgramId).with("availNum", availNum).with("availsExpected", availsExpected);
    }

    private static XmlNode withTime(XmlNode node, @Nullable SpliceTime time) {
        return time == null ? node : node.add(spliceTime(time));
    }

    private static XmlNode spliceTime(SpliceTime time) {
        XmlNode node = XmlNode.scte("SpliceTime");
        time.ptsTime().ifPresent(ticks -> node.with("ptsTime", ticks));
        return node;
    }

    private static XmlNode addBreak(XmlNode node, @Nullable BreakDuration duration) {
        return duration == null
                ? node
                : node.add(XmlNode.scte("BreakDuration")
                        .with("autoReturn", duration.autoReturn())
                        .with("duration", duration.duration()));
    }
}
