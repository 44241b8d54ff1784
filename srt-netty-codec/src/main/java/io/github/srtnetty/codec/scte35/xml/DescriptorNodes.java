// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the elements of descriptors, SCTE 35 10.3, with the values of their fields. */
final class DescriptorNodes {
    /**
     * segmentation_event_id_compliance_indicator in the spelling of the schema of 2023; validation rejects every other
     * spelling.
     */
    static final String COMPLIANCE_IN_SCHEMA = "segmentationEventIdComplianceIndicatorbute";

    private DescriptorNodes() {}

    /** Returns the element, or null if the schema cannot represent the descriptor. */
    static @Nullable XmlNode of(SpliceDescriptor descriptor) {
        if (descriptor instanceof AvailDescriptor avail) {
            return XmlNode.scte("AvailDescriptor").with("providerAvailId", avail.providerAvailId());
        } else if (descriptor instanceof DtmfDescriptor dtmf) {
            return dtmf(dtmf);
        } else if (descriptor instanceof SegmentationDescriptor.Event event) {
            return segmentation(event);
        } else if (descriptor instanceof SegmentationDescriptor.Cancel cancel) {
            return segmentationHead(cancel).with("segmentationEventCancelIndicator", true);
        } else if (descriptor instanceof TimeDescriptor time) {
            return XmlNode.scte("TimeDescriptor")
                    .with("taiSeconds", time.taiSeconds())
                    .with("taiNs", time.taiNs())
                    .with("utcOffset", time.utcOffset());
        } else if (descriptor instanceof AudioDescriptor audio) {
            return audio(audio);
        }
        return null;
    }

    /** Returns the element of a private descriptor. */
    static XmlNode ofPrivate(int tag, Bytes content) {
        return XmlNode.scte("PrivateDescriptor")
                .with("descriptorTag", tag)
                .with("identifier", content.unsignedInt(0))
                .add(XmlNode.scte("PrivateBytes")
                        .addText(content.slice(4, content.length() - 4).hex()));
    }

    private static @Nullable XmlNode dtmf(DtmfDescriptor dtmf) {
        XmlNode node = XmlNode.scte("DTMFDescriptor").with("preroll", dtmf.preroll());
        if (dtmf.dtmfChars().isEmpty()) {
            return node;
        }
        return dtmf.dtmfChars().matches(DescriptorReader.DTMF_CHARS) ? node.with("chars", dtmf.dtmfChars()) : null;
    }

    private static @Nullable XmlNode audio(AudioDescriptor audio) {
        XmlNode node = XmlNode.scte("AudioDescriptor");
        for (AudioDescriptor.Component component : audio.components()) {
            if (!component.isoCode().matches("[a-zA-Z]{3}")) {
                return null;
            }
            node.add(XmlNode.scte("AudioChannel")
                    .with("componentTag", component.componentTag())
                    .with("ISOCode", component.isoCode())
                    .with("BitStreamMode", component.bitStreamMode())
                    .with("NumChannels", component.numChannels())
                    .with("FullSrvcAudio", component.fullSrvcAudio() ? 1 : 0));
        }
        return audio.components().isEmpty() ? null : node;
    }

    private static XmlNode segmentationHead(SegmentationDescriptor descriptor) {
        XmlNode node =
                XmlNode.scte("SegmentationDescriptor").with("segmentationEventId", descriptor.segmentationEventId());
        return descriptor.segmentationEventIdComplianceIndicator() ? node : node.with(COMPLIANCE_IN_SCHEMA, false);
    }

    private static @Nullable XmlNode segmentation(SegmentationDescriptor.Event event) {
        XmlNode node = segmentationHead(event).with("segmentationEventCancelIndicator", false);
        event.segmentationDuration().ifPresent(ticks -> node.with("segmentationDuration", ticks));
        node.with("segmentationTypeId", event.segmentationTypeId())
                .with("segmentNum", event.segmentNum())
                .with("segmentsExpected", event.segmentsExpected());
        if (event.subSegments() != null) {
            node.with("subSegmentNum", event.subSegments().subSegmentNum())
                    .with("subSegmentsExpected", event.subSegments().subSegmentsExpected());
        }
        if (event.restrictions() != null) {
            node.add(restrictions(event.restrictions()));
        }
        List<XmlNode> upids = UpidNodes.of(event.upid());
        List<SegmentationDescriptor.Component> components = event.components();
        if (upids == null || components != null && components.isEmpty()) {
            return null;
        }
        upids.forEach(node::add);
        if (components != null) {
            components.forEach(component -> node.add(XmlNode.scte("Component")
                    .with("componentTag", component.componentTag())
                    .with("ptsOffset", component.ptsOffset())));
        }
        return node;
    }

    private static XmlNode restrictions(SegmentationDescriptor.DeliveryRestrictions restrictions) {
        return XmlNode.scte("DeliveryRestrictions")
                .with("webDeliveryAllowedFlag", restrictions.webDeliveryAllowedFlag())
                .with("noRegionalBlackoutFlag", restrictions.noRegionalBlackoutFlag())
                .with("archiveAllowedFlag", restrictions.archiveAllowedFlag())
                .with("deviceRestrictions", restrictions.deviceRestrictions());
    }
}
