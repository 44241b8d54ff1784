// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The segmentation_descriptor in the shape of the independent decoder's output. */
final class SegmentationView {
    private SegmentationView() {}

    static void put(SegmentationDescriptor descriptor, int length, Map<String, Object> view) {
        view.put("event_id", descriptor.segmentationEventId());
        view.put("cancel", descriptor instanceof SegmentationDescriptor.Cancel);
        view.put("compliance", descriptor.segmentationEventIdComplianceIndicator());
        if (descriptor instanceof SegmentationDescriptor.Event event) {
            put(event, length, view);
        }
    }

    private static void put(SegmentationDescriptor.Event event, int length, Map<String, Object> view) {
        view.put("program", event.components() == null);
        view.put("not_restricted", event.restrictions() == null);
        if (event.restrictions() != null) {
            view.put("web", event.restrictions().webDeliveryAllowedFlag());
            view.put("no_blackout", event.restrictions().noRegionalBlackoutFlag());
            view.put("archive", event.restrictions().archiveAllowedFlag());
            view.put("device", (long) event.restrictions().deviceRestrictions());
        }
        if (event.components() != null) {
            view.put(
                    "components",
                    event.components().stream()
                            .map(c -> List.of((Object) (long) c.componentTag(), c.ptsOffset()))
                            .toList());
        }
        event.segmentationDuration().ifPresent(ticks -> view.put("duration", ticks));
        view.put("upid_type", (long) event.upid().type());
        view.put("upid_len", (long) event.upid().bytes().length());
        view.put("upid", upid(event.upid()));
        view.put("type_id", (long) event.segmentationTypeId());
        view.put("num", (long) event.segmentNum());
        view.put("expected", (long) event.segmentsExpected());
        if (event.subSegments() != null) {
            view.put("sub_num", (long) event.subSegments().subSegmentNum());
            view.put("sub_expected", (long) event.subSegments().subSegmentsExpected());
        }
        BitWriter body = new BitWriter(64);
        event.encodeBody(body);
        if (length > 4 + body.position()) {
            view.put("leftover", (long) (length - 4 - body.position()));
        }
    }

    private static Map<String, Object> upid(SegmentationUpid upid) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", (long) upid.type());
        view.put("name", UpidType.of(upid.type()).label());
        view.put("hex", upid.bytes().hex());
        if (upid instanceof SegmentationUpid.Mid mid) {
            view.put("mid", mid.upids().stream().map(SegmentationView::upid).toList());
        } else if (upid instanceof SegmentationUpid.Mpu mpu) {
            view.put("format_identifier", OracleView.identifier(mpu.formatIdentifier()));
            view.put("private", mpu.privateData().hex());
        } else if (upid instanceof SegmentationUpid.Atsc atsc) {
            view.put("tsid", (long) atsc.tsid());
            view.put("end_of_day", (long) atsc.endOfDay());
            view.put("unique_for", (long) atsc.uniqueFor());
            view.put("content_id", atsc.contentId().text(StandardCharsets.ISO_8859_1));
        } else if (hasText(upid)) {
            view.put("text", ((SegmentationUpid.Plain) upid).text());
        }
        return view;
    }

    /** The independent decoder writes text, TI and whole EIDRs; the other notations are tested by themselves. */
    private static boolean hasText(SegmentationUpid upid) {
        UpidType type = UpidType.of(upid.type());
        return type.isText()
                || type == UpidType.TI
                || (type == UpidType.EIDR && upid.bytes().length() == type.length());
    }
}
