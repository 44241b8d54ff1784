// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * segmentation_type_id, SCTE 35 2023r1 Table 23: the names, the types that open and close a segment, and those with
 * sub-segments.
 */
public enum SegmentationType {
    NOT_INDICATED(0x00),
    CONTENT_IDENTIFICATION(0x01),
    CALL_AD_SERVER(0x02),
    PROGRAM_START(0x10),
    PROGRAM_END(0x11),
    PROGRAM_EARLY_TERMINATION(0x12),
    PROGRAM_BREAKAWAY(0x13),
    PROGRAM_RESUMPTION(0x14),
    PROGRAM_RUNOVER_PLANNED(0x15),
    PROGRAM_RUNOVER_UNPLANNED(0x16),
    PROGRAM_OVERLAP_START(0x17),
    PROGRAM_BLACKOUT_OVERRIDE(0x18),
    PROGRAM_JOIN(0x19),
    PROGRAM_IMMEDIATE_RESUMPTION(0x1A),
    CHAPTER_START(0x20),
    CHAPTER_END(0x21),
    BREAK_START(0x22),
    BREAK_END(0x23),
    OPENING_CREDIT_START(0x24),
    OPENING_CREDIT_END(0x25),
    CLOSING_CREDIT_START(0x26),
    CLOSING_CREDIT_END(0x27),
    PROVIDER_ADVERTISEMENT_START(0x30),
    PROVIDER_ADVERTISEMENT_END(0x31),
    DISTRIBUTOR_ADVERTISEMENT_START(0x32),
    DISTRIBUTOR_ADVERTISEMENT_END(0x33),
    PROVIDER_PLACEMENT_OPPORTUNITY_START(0x34),
    PROVIDER_PLACEMENT_OPPORTUNITY_END(0x35),
    DISTRIBUTOR_PLACEMENT_OPPORTUNITY_START(0x36),
    DISTRIBUTOR_PLACEMENT_OPPORTUNITY_END(0x37),
    PROVIDER_OVERLAY_PLACEMENT_OPPORTUNITY_START(0x38),
    PROVIDER_OVERLAY_PLACEMENT_OPPORTUNITY_END(0x39),
    DISTRIBUTOR_OVERLAY_PLACEMENT_OPPORTUNITY_START(0x3A),
    DISTRIBUTOR_OVERLAY_PLACEMENT_OPPORTUNITY_END(0x3B),
    PROVIDER_PROMO_START(0x3C),
    PROVIDER_PROMO_END(0x3D),
    DISTRIBUTOR_PROMO_START(0x3E),
    DISTRIBUTOR_PROMO_END(0x3F),
    UNSCHEDULED_EVENT_START(0x40),
    UNSCHEDULED_EVENT_END(0x41),
    ALTERNATE_CONTENT_OPPORTUNITY_START(0x42),
    ALTERNATE_CONTENT_OPPORTUNITY_END(0x43),
    PROVIDER_AD_BLOCK_START(0x44),
    PROVIDER_AD_BLOCK_END(0x45),
    DISTRIBUTOR_AD_BLOCK_START(0x46),
    DISTRIBUTOR_AD_BLOCK_END(0x47),
    NETWORK_START(0x50),
    NETWORK_END(0x51);

    private static final @Nullable SegmentationType[] BY_ID = new SegmentationType[256];

    static {
        for (SegmentationType type : values()) {
            BY_ID[type.id] = type;
        }
    }

    private final int id;
    private final String title;

    SegmentationType(int id) {
        this.id = id;
        this.title = title(name());
    }

    private static String title(String constant) {
        StringBuilder words = new StringBuilder(constant.length());
        for (String word : constant.split("_")) {
            words.append(words.isEmpty() ? "" : " ")
                    .append(word.charAt(0))
                    .append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    /** Returns the type with {@code id}, 0 to 255, or null if the table has none. */
    public static @Nullable SegmentationType of(int id) {
        return BY_ID[id];
    }

    /** Returns segmentation_type_id. */
    public int id() {
        return id;
    }

    /** Returns the name in the standard, for example {@code Provider Placement Opportunity Start}. */
    public String title() {
        return title;
    }

    /**
     * Returns whether sub_segment_num and sub_segments_expected may follow (2022b: 0x34, 0x36, 0x38, 0x3A; 2023r1 adds
     * the others).
     */
    public boolean hasSubSegments() {
        return hasSubSegments(id);
    }

    /** Returns {@link #hasSubSegments()} of the type with this segmentation_type_id; false for reserved ids. */
    public static boolean hasSubSegments(int id) {
        return switch (id) {
            case 0x30, 0x32, 0x34, 0x36, 0x38, 0x3A, 0x44, 0x46 -> true;
            default -> false;
        };
    }

    /** Returns the type that closes a segment of this type, or null if this type opens none. */
    public @Nullable SegmentationType end() {
        boolean opens = this == PROGRAM_START || (id >= 0x20 && (id & 1) == 0);
        return opens ? BY_ID[id + 1] : null;
    }
}
