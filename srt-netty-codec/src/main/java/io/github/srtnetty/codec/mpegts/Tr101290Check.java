// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * The checks of ETSI TR 101 290, 5.2, that {@link Tr101290Analyzer} performs. The other checks need a model of the
 * receiver's buffers, or compare tables with each other.
 */
public enum Tr101290Check {
    /** 1.1: two sync_bytes in a row are wrong; five correct ones end it. */
    TS_SYNC_LOSS("TS_sync_loss", 1),
    /** 1.2: a sync_byte is not 0x47. */
    SYNC_BYTE("Sync_byte_error", 1),
    /** 1.3: no PAT for too long, another table on PID 0, or PID 0 is scrambled. */
    PAT("PAT_error", 1),
    /** 1.4: packets are missing, in the wrong order, or repeated more than once. */
    CONTINUITY("Continuity_count_error", 1),
    /** 1.5: no PMT for too long on a PID that the PAT names, or that PID is scrambled. */
    PMT("PMT_error", 1),
    /** 1.6: no packet for too long on a PID that a PMT names. */
    PID("PID_error", 1),
    /** 2.1: transport_error_indicator is set. */
    TRANSPORT("Transport_error", 2),
    /** 2.2: a wrong CRC_32 in a PAT, CAT, PMT, NIT, SDT, BAT, EIT or TOT. */
    CRC("CRC_error", 2),
    /** 2.3a: no PCR for too long. */
    PCR_REPETITION("PCR_repetition_error", 2),
    /** 2.3b: the PCR jumps without discontinuity_indicator. */
    PCR_DISCONTINUITY("PCR_discontinuity_indicator_error", 2),
    /** 2.4: a PCR does not match its position in a stream of constant bit rate. */
    PCR_ACCURACY("PCR_accuracy_error", 2),
    /** 2.5: no PTS for too long on a PID with video or audio. */
    PTS("PTS_error", 2),
    /** 2.6: scrambled packets without a CAT, or another table on PID 1. */
    CAT("CAT_error", 2),
    /** 3.1: no NIT for too long, or another table on PID 0x10. */
    NIT("NIT_error", 3),
    /** 3.4: a PID that no table names. */
    UNREFERENCED_PID("Unreferenced_PID", 3),
    /** 3.5: no SDT for too long, or another table on PID 0x11. */
    SDT("SDT_error", 3),
    /** 3.6: no EIT of present and following events for too long, or another table on PID 0x12. */
    EIT("EIT_error", 3),
    /** 3.8: no TDT for too long, or another table on PID 0x14. */
    TDT("TDT_error", 3);

    private final String indicator;
    private final int priority;

    Tr101290Check(String indicator, int priority) {
        this.indicator = indicator;
        this.priority = priority;
    }

    /** Returns the name in TR 101 290, such as {@code PAT_error}. */
    public String indicator() {
        return indicator;
    }

    /** Returns the priority: 1 necessary for decoding, 2 recommended for monitoring, 3 application dependent. */
    public int priority() {
        return priority;
    }
}
