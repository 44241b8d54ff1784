// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a decoded cue into the shape of the independent decoder's output, so that both can be compared whole. */
final class OracleView {
    private OracleView() {}

    static Map<String, Object> of(SpliceInfoSection section) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("table_id", (long) section.tableId());
        view.put("ssi", section.sectionSyntaxIndicator() ? 1L : 0L);
        view.put("priv", section.privateIndicator() ? 1L : 0L);
        view.put("sap", (long) section.sapType());
        view.put("section_length", (long) section.sectionLength());
        view.put("protocol_version", (long) section.protocolVersion());
        view.put("encrypted", section.encryptedPacket());
        view.put("enc_alg", (long) section.encryptionAlgorithm());
        view.put("pts_adjustment", section.ptsAdjustment());
        view.put("cw", (long) section.cwIndex());
        view.put("tier", (long) section.tier());
        view.put("cmd_len", (long) section.spliceCommandLength());
        view.put("cmd", (long) section.command().spliceCommandType());
        if (section.command() instanceof EncryptedCommand) {
            return view;
        }
        view.put("command", command(section.command()));
        view.put("dll", (long) section.descriptorLoopLength());
        view.put("descriptors", descriptors(section));
        view.put("stuff", (long) section.alignmentStuffing().length());
        return view;
    }

    private static Map<String, Object> command(SpliceCommand command) {
        Map<String, Object> view = new LinkedHashMap<>();
        if (command instanceof TimeSignal signal) {
            view.put("time", time(signal.spliceTime()));
        } else if (command instanceof PrivateCommand other) {
            view.put("identifier", identifier(other.identifier()));
            view.put("private", other.privateBytes().hex());
        } else if (command instanceof SpliceSchedule schedule) {
            view.put(
                    "events",
                    schedule.events().stream().map(OracleView::scheduled).toList());
        } else if (command instanceof SpliceInsert insert) {
            view.put("event_id", insert.spliceEventId());
            view.put("cancel", insert instanceof SpliceInsert.Cancel);
            if (insert instanceof SpliceInsert.Event event) {
                insert(event, view);
            }
        }
        return view;
    }

    private static void insert(SpliceInsert.Event event, Map<String, Object> view) {
        view.put("oon", event.outOfNetworkIndicator());
        view.put("immediate", event.target().spliceImmediateFlag());
        view.put("compliance", event.eventIdComplianceFlag());
        if (event.target() instanceof SpliceInsert.Program program) {
            view.put("program", true);
            if (program.spliceTime() != null) {
                view.put("time", time(program.spliceTime()));
            }
        } else if (event.target() instanceof SpliceInsert.Components components) {
            view.put("program", false);
            List<Object> pairs = new ArrayList<>();
            for (SpliceInsert.Component component : components.components()) {
                SpliceTime time = component.spliceTime();
                pairs.add(pair(
                        component.componentTag(),
                        time == null ? null : time(time).get("pts")));
            }
            view.put("components", pairs);
        }
        breakDuration(event.breakDuration(), view);
        view.put("unique_program_id", (long) event.uniqueProgramId());
        view.put("avail_num", (long) event.availNum());
        view.put("avails_expected", (long) event.availsExpected());
    }

    private static Map<String, Object> scheduled(SpliceSchedule.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("event_id", entry.spliceEventId());
        view.put("cancel", entry instanceof SpliceSchedule.Cancel);
        view.put("compliance", entry.eventIdComplianceFlag());
        if (entry instanceof SpliceSchedule.Event event) {
            view.put("oon", event.outOfNetworkIndicator());
            view.put("program", event.target() instanceof SpliceSchedule.Program);
            if (event.target() instanceof SpliceSchedule.Program program) {
                view.put("utc", program.utcSpliceTime());
            } else if (event.target() instanceof SpliceSchedule.Components components) {
                view.put(
                        "components",
                        components.components().stream()
                                .map(c -> pair(c.componentTag(), c.utcSpliceTime()))
                                .toList());
            }
            breakDuration(event.breakDuration(), view);
            view.put("unique_program_id", (long) event.uniqueProgramId());
            view.put("avail_num", (long) event.availNum());
            view.put("avails_expected", (long) event.availsExpected());
        }
        return view;
    }

    private static void breakDuration(BreakDuration duration, Map<String, Object> view) {
        if (duration != null) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("auto_return", duration.autoReturn());
            fields.put("duration", duration.duration());
            view.put("break", fields);
        }
    }

    private static Map<String, Object> time(SpliceTime time) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pts", time.ptsTime().isPresent() ? time.ptsTime().getAsLong() : null);
        return view;
    }

    private static List<Object> pair(int tag, Object time) {
        List<Object> pair = new ArrayList<>();
        pair.add((long) tag);
        pair.add(time);
        return pair;
    }

    private static List<Object> descriptors(SpliceInfoSection section) {
        List<Object> views = new ArrayList<>();
        int offset = 0;
        for (SpliceDescriptor descriptor : section.descriptors()) {
            int length = section.descriptorLoop().at(offset + 1);
            views.add(descriptor(descriptor, length));
            offset += 2 + length;
        }
        return views;
    }

    private static Map<String, Object> descriptor(SpliceDescriptor descriptor, int length) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tag", (long) descriptor.spliceDescriptorTag());
        view.put("len", (long) length);
        if (length >= 4) {
            view.put("identifier", identifier(descriptor.identifier()));
        }
        if (descriptor instanceof AvailDescriptor avail) {
            view.put("provider_avail_id", avail.providerAvailId());
        } else if (descriptor instanceof DtmfDescriptor dtmf) {
            view.put("preroll", (long) dtmf.preroll());
            view.put("chars", dtmf.dtmfChars());
        } else if (descriptor instanceof TimeDescriptor time) {
            view.put("tai_s", time.taiSeconds());
            view.put("tai_ns", time.taiNs());
            view.put("utc_offset", (long) time.utcOffset());
        } else if (descriptor instanceof AudioDescriptor audio) {
            view.put("audio", audio.components().stream().map(OracleView::audio).toList());
        } else if (descriptor instanceof UnknownDescriptor unknown) {
            view.put("private", unknown.privateBytes().hex());
        } else if (descriptor instanceof SegmentationDescriptor segmentation) {
            SegmentationView.put(segmentation, length, view);
        }
        return view;
    }

    private static Map<String, Object> audio(AudioDescriptor.Component component) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("ct", (long) component.componentTag());
        view.put("lang", component.isoCode());
        view.put("bsmod", (long) component.bitStreamMode());
        view.put("ch", (long) component.numChannels());
        view.put("full", component.fullSrvcAudio());
        return view;
    }

    static String identifier(long identifier) {
        byte[] octets = new byte[4];
        CueText.putInt(octets, 0, (int) identifier);
        return Bytes.of(octets).text(StandardCharsets.ISO_8859_1);
    }
}
