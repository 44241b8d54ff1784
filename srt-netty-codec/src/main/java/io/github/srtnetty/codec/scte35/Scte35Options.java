// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.PsiTracker;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a {@link Scte35Handler} searches, and the events that it fires. Immutable: each method returns
 * changed options.
 */
public final class Scte35Options {
    /** The defaults. */
    public static final Scte35Options DEFAULT = new Scte35Options();

    /**
     * The default number of splice PIDs that are searched: 256, a few for each program of a large multiplex. Each takes
     * up to 16 kB.
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

    /**
     * The streams of stream_type 0x06 that may carry cues, as bare sections or in PES packets as ffmpeg writes them.
     */
    public enum PrivateStreams {
        /** None. */
        NONE,
        /** Streams with the registration "CUEI" in their own descriptors. */
        REGISTERED,
        /** All; sections without a valid CRC_32 are ignored without an event. */
        ALL
    }

    /** Accepts stream_type 0x86 without the registration "CUEI", which SCTE 35 8.1 requires; default true. */
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
     * Drops a cue whose bytes were received on the same PID within {@code window}, by the program's clock. By default
     * no cue is dropped, and repetitions within 60 s are counted. splice_null and bandwidth_reservation are never
     * repetitions.
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
     * Fires {@link HeartbeatLost} when a splice PID had no cue for this time (SCTE 35 suggests 10 minutes). Null, the
     * default: never.
     */
    public Scte35Options withHeartbeatTimeout(@Nullable Duration value) {
        Scte35Options changed = new Scte35Options(this);
        changed.heartbeatTimeout = value;
        return changed;
    }

    /** Sets the accepted deviations and the keys; default {@link DecodeOptions#STRICT}. */
    public Scte35Options withDecodeOptions(DecodeOptions value) {
        Scte35Options changed = new Scte35Options(this);
        changed.decodeOptions = value;
        return changed;
    }

    /** Sets the clock of the arrival time; default: the system clock in UTC. */
    public Scte35Options withClock(Clock value) {
        Scte35Options changed = new Scte35Options(this);
        changed.clock = value;
        return changed;
    }

    /**
     * Tracks the first {@code value} programs of a PAT, 1 to 65535; default {@link PsiTracker#DEFAULT_MAX_PROGRAMS}.
     * Cues of other programs are not found.
     */
    public Scte35Options withMaxPrograms(int value) {
        Scte35Options changed = new Scte35Options(this);
        changed.maxPrograms = value;
        return changed;
    }

    /**
     * Searches at most {@code value} splice PIDs; default {@link #DEFAULT_MAX_SPLICE_PIDS}. A PID counts once for each
     * program that lists it. A PMT with more is reported as a {@link Scte35Failure}.
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
     * Searches these PIDs, 0 to 0x1FFE, for cues even if no PMT names them, for example in a capture of only a splice
     * PID; default: none. Their cues have program number 0 and no program time.
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
