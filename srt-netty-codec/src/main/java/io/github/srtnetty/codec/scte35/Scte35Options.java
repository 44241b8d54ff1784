// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.PsiTracker;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a {@link Scte35Handler} examines and the events that it reports. Immutable: each setter returns
 * changed options.
 */
public final class Scte35Options {
    /** The defaults. */
    public static final Scte35Options DEFAULT = new Scte35Options();

    /**
     * How many splice PIDs are searched unless said otherwise: 256, a few for each program of a large multiplex. Each
     * takes up to 16 kB.
     */
    public static final int DEFAULT_MAX_SPLICE_PIDS = 256;

    private boolean acceptUnregistered = true;
    private PrivateStreams privateStreams = PrivateStreams.REGISTERED;
    private boolean deduplicate;
    private Duration repetitionWindow = Duration.ofSeconds(60);
    private boolean trackEvents;
    private @Nullable Duration heartbeatTimeout;
    private DecodeOptions decodeOptions = DecodeOptions.STRICT;
    private Clock clock = Clock.systemUTC();
    private int maxPrograms = PsiTracker.DEFAULT_MAX_PROGRAMS;
    private int maxSplicePids = DEFAULT_MAX_SPLICE_PIDS;
    private Set<Integer> splicePids = Set.of();

    private Scte35Options() {}

    private Scte35Options(Scte35Options from) {
        acceptUnregistered = from.acceptUnregistered;
        privateStreams = from.privateStreams;
        deduplicate = from.deduplicate;
        repetitionWindow = from.repetitionWindow;
        trackEvents = from.trackEvents;
        heartbeatTimeout = from.heartbeatTimeout;
        decodeOptions = from.decodeOptions;
        clock = from.clock;
        maxPrograms = from.maxPrograms;
        maxSplicePids = from.maxSplicePids;
        splicePids = from.splicePids;
    }

    /** Which streams of stream_type 0x06 may carry cues, as bare sections or in PES packets as ffmpeg writes them. */
    public enum PrivateStreams {
        /** None. */
        NONE,
        /** Those with the registration "CUEI" among their own descriptors. */
        REGISTERED,
        /** All; what has no valid CRC_32 is passed over in silence. */
        ALL
    }

    /** Takes stream_type 0x86 also without the registration "CUEI", which SCTE 35 8.1 asks for; default true. */
    public Scte35Options withUnregistered(boolean value) {
        Scte35Options changed = new Scte35Options(this);
        changed.acceptUnregistered = value;
        return changed;
    }

    /** Searches streams of type 0x06; default {@link PrivateStreams#REGISTERED}. */
    public Scte35Options withPrivateStreams(PrivateStreams value) {
        Scte35Options changed = new Scte35Options(this);
        changed.privateStreams = value;
        return changed;
    }

    /**
     * Leaves out a cue whose bytes came on the same PID within {@code window}, by the program's clock; default: leaves
     * none out, and counts repetitions within 60 s. splice_null and bandwidth_reservation are never repetitions.
     */
    public Scte35Options withDeduplication(Duration window) {
        Scte35Options changed = new Scte35Options(this);
        changed.deduplicate = true;
        changed.repetitionWindow = window;
        return changed;
    }

    /** Fires {@link SpliceEvent}s as user events; default false. */
    public Scte35Options withEventTracking(boolean value) {
        Scte35Options changed = new Scte35Options(this);
        changed.trackEvents = value;
        return changed;
    }

    /**
     * Fires {@link HeartbeatLost} when a splice PID is silent for so long (SCTE 35 suggests 10 minutes); null: never,
     * default.
     */
    public Scte35Options withHeartbeatTimeout(@Nullable Duration value) {
        Scte35Options changed = new Scte35Options(this);
        changed.heartbeatTimeout = value;
        return changed;
    }

    /** Sets what to do with bad CRCs, and keys; default {@link DecodeOptions#STRICT}. */
    public Scte35Options withDecodeOptions(DecodeOptions value) {
        Scte35Options changed = new Scte35Options(this);
        changed.decodeOptions = value;
        return changed;
    }

    /** Sets the clock of the arrival time; default UTC of the system. */
    public Scte35Options withClock(Clock value) {
        Scte35Options changed = new Scte35Options(this);
        changed.clock = value;
        return changed;
    }

    /**
     * Follows the first {@code value} programs of a PAT, 1 to 65535; default {@link PsiTracker#DEFAULT_MAX_PROGRAMS}.
     * Cues of the others are not found.
     */
    public Scte35Options withMaxPrograms(int value) {
        Scte35Options changed = new Scte35Options(this);
        changed.maxPrograms = value;
        return changed;
    }

    /**
     * Searches {@code value} splice PIDs at most, a PID that several programs list counted for each; default {@link
     * #DEFAULT_MAX_SPLICE_PIDS}. A PMT with more is reported as a {@link Scte35Failure}.
     *
     * @throws IllegalArgumentException when {@code value} is below 1
     */
    public Scte35Options withMaxSplicePids(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxSplicePids: " + value + " is below 1");
        }
        Scte35Options changed = new Scte35Options(this);
        changed.maxSplicePids = value;
        return changed;
    }

    /**
     * Searches these PIDs, 0 to 0x1FFE, for cues also when no PMT names them, as in a capture of a splice PID alone;
     * default none. Their cues have program number 0 and no time of a program.
     */
    public Scte35Options withSplicePids(Set<Integer> value) {
        Scte35Options changed = new Scte35Options(this);
        changed.splicePids = Set.copyOf(value);
        return changed;
    }

    Set<Integer> splicePids() {
        return splicePids;
    }

    int maxPrograms() {
        return maxPrograms;
    }

    int maxSplicePids() {
        return maxSplicePids;
    }

    boolean acceptUnregistered() {
        return acceptUnregistered;
    }

    PrivateStreams privateStreams() {
        return privateStreams;
    }

    boolean deduplicate() {
        return deduplicate;
    }

    Duration repetitionWindow() {
        return repetitionWindow;
    }

    boolean trackEvents() {
        return trackEvents;
    }

    @Nullable
    Duration heartbeatTimeout() {
        return heartbeatTimeout;
    }

    DecodeOptions decodeOptions() {
        return decodeOptions;
    }

    Clock clock() {
        return clock;
    }
}
