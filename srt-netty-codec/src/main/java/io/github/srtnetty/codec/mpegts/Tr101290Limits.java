// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The limits of {@link Tr101290Analyzer}. The values of {@link #DEFAULT} are from TR 101 290 V1.4.1, 5.2, unless a
 * parameter below gives another reason.
 *
 * @param pat longest time without a PAT: 0.5 s
 * @param pmt longest time without a PMT on each PID that the PAT names: 0.5 s
 * @param pid longest time without a packet on a PID with video, audio or the PCR: 5 s
 * @param dataPid the same for other streams, such as subtitles, which may be silent for a long time: 60 s, because TR
 *     101 290 leaves the value to the user; splice PIDs have no limit
 * @param pcrRepetition longest time without a PCR: 100 ms; before V1.4.1 it was 40 ms, see {@link #V1_3_1}
 * @param pcrDiscontinuity longest step of a PCR that needs no discontinuity_indicator: 100 ms
 * @param pcrAccuracy largest deviation of a PCR from its position in a stream of constant bit rate: 500 ns
 * @param constantBitRate bits per second of the stream if they are constant and known; without it PCR_accuracy_error is
 *     not assessed
 * @param pts longest time without a PTS: 700 ms
 * @param cat longest time without a CAT while packets are scrambled: 1 s, because TR 101 290 has no value
 * @param nit longest time without a NIT of this network: 10 s
 * @param sdt longest time without an SDT of this stream: 2 s
 * @param eit longest time without an EIT of present and following events of this stream: 2 s
 * @param tdt longest time without a TDT: 30 s
 * @param unreferenced longest time of a PID without a table that names it: 0.5 s
 * @param dvbTables which of NIT, SDT, EIT and TDT are required
 * @param privatePids PIDs that no table need name
 */
public record Tr101290Limits(
        Duration pat,
        Duration pmt,
        Duration pid,
        Duration dataPid,
        Duration pcrRepetition,
        Duration pcrDiscontinuity,
        Duration pcrAccuracy,
        OptionalLong constantBitRate,
        Duration pts,
        Duration cat,
        Duration nit,
        Duration sdt,
        Duration eit,
        Duration tdt,
        Duration unreferenced,
        DvbTables dvbTables,
        Set<Integer> privatePids) {
    /** The tables of NIT, SDT, EIT and TDT that are required. */
    public enum DvbTables {
        /** Tables that were seen once; others are not assessed, because streams outside DVB have none. */
        SEEN,
        /** All tables, from the start. */
        ALL
    }

    /** The limits of V1.4.1. */
    public static final Tr101290Limits DEFAULT = new Tr101290Limits(
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofNanos(500),
            OptionalLong.empty(),
            Duration.ofMillis(700),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            DvbTables.SEEN,
            Set.of());

    /** The limits of V1.3.1, which requires a PCR every 40 ms. */
    public static final Tr101290Limits V1_3_1 = DEFAULT.withPcrRepetition(Duration.ofMillis(40));

    /** Copies the set. */
    public Tr101290Limits {
        privatePids = Set.copyOf(privatePids);
        for (Duration limit : new Duration[] {
            pat,
            pmt,
            pid,
            dataPid,
            pcrRepetition,
            pcrDiscontinuity,
            pcrAccuracy,
            pts,
            cat,
            nit,
            sdt,
            eit,
            tdt,
            unreferenced
        }) {
            if (limit.isZero() || limit.isNegative() || limit.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("a limit must be above 0 and at most a day: " + limit);
            }
        }
        if (constantBitRate.isPresent() && constantBitRate.getAsLong() < 1) {
            throw new IllegalArgumentException("constantBitRate must be positive: " + constantBitRate.getAsLong());
        }
    }

    /** Returns limits with another longest time without a PCR. */
    public Tr101290Limits withPcrRepetition(Duration limit) {
        return with(copy -> copy.pcrRepetition = limit);
    }

    /** Returns limits with another longest time without a packet on a PID with video or audio. */
    public Tr101290Limits withPid(Duration limit) {
        return with(copy -> copy.pid = limit);
    }

    /**
     * Returns limits for a stream of a constant bit rate, including null packets, so that PCR_accuracy_error is
     * assessed.
     */
    public Tr101290Limits withConstantBitRate(long bitsPerSecond) {
        return with(copy -> copy.constantBitRate = OptionalLong.of(bitsPerSecond));
    }

    /** Returns limits that require these tables. */
    public Tr101290Limits withDvbTables(DvbTables tables) {
        return with(copy -> copy.dvbTables = tables);
    }

    /** Returns limits with these PIDs exempt from Unreferenced_PID. */
    public Tr101290Limits withPrivatePids(Set<Integer> pids) {
        return with(copy -> copy.privatePids = pids);
    }

    private Tr101290Limits with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new Tr101290Limits(
                pat,
                pmt,
                copy.pid,
                dataPid,
                copy.pcrRepetition,
                pcrDiscontinuity,
                pcrAccuracy,
                copy.constantBitRate,
                pts,
                cat,
                nit,
                sdt,
                eit,
                tdt,
                unreferenced,
                copy.dvbTables,
                copy.privatePids);
    }

    /** The components that a user is likely to change. */
    private static final class Copy {
        private Duration pid;
        private Duration pcrRepetition;
        private OptionalLong constantBitRate;
        private DvbTables dvbTables;
        private Set<Integer> privatePids;

        Copy(Tr101290Limits limits) {
            pid = limits.pid;
            pcrRepetition = limits.pcrRepetition;
            constantBitRate = limits.constantBitRate;
            dvbTables = limits.dvbTables;
            privatePids = limits.privatePids;
        }
    }
}
