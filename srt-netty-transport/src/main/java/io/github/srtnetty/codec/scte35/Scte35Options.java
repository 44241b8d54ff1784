// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Scte35Handler} looks at and what it tells. Immutable.
 *
 * @param acceptUnregistered take stream_type 0x86 also without the registration "CUEI" (SCTE 35 8.1 asks for it); default true
 * @param privateStreams which streams of type 0x06 to search; default {@link PrivateStreams#REGISTERED}
 * @param deduplicate leave out a cue whose bytes came on the same PID within {@code repetitionWindow}; default false
 * @param repetitionWindow within which equal bytes are a repetition, by the program's clock; default 60 s
 * @param trackEvents fire {@link SpliceEvent}s as user events; default false
 * @param heartbeatTimeout fire {@link HeartbeatLost} when a splice PID is silent for so long; null: never, the default
 * @param decodeOptions bad CRCs and keys; default {@link DecodeOptions#STRICT}
 * @param clock of the arrival time; default UTC of the system
 */
public record Scte35Options(
        boolean acceptUnregistered,
        PrivateStreams privateStreams,
        boolean deduplicate,
        Duration repetitionWindow,
        boolean trackEvents,
        @Nullable Duration heartbeatTimeout,
        DecodeOptions decodeOptions,
        Clock clock) {
    /** The defaults. */
    public static final Scte35Options DEFAULT = new Scte35Options(
            true,
            PrivateStreams.REGISTERED,
            false,
            Duration.ofSeconds(60),
            false,
            null,
            DecodeOptions.STRICT,
            Clock.systemUTC());

    /** Which streams of stream_type 0x06 may carry cues, as bare sections or in PES packets as ffmpeg writes them. */
    public enum PrivateStreams {
        /** None. */
        NONE,
        /** Those with the registration "CUEI" among their own descriptors. */
        REGISTERED,
        /** All; what has no valid CRC_32 is passed over in silence. */
        ALL
    }

    /** Sets {@code acceptUnregistered}. */
    public Scte35Options acceptUnregistered(boolean value) {
        return new Scte35Options(
                value,
                privateStreams,
                deduplicate,
                repetitionWindow,
                trackEvents,
                heartbeatTimeout,
                decodeOptions,
                clock);
    }

    /** Sets {@code privateStreams}. */
    public Scte35Options privateStreams(PrivateStreams value) {
        return new Scte35Options(
                acceptUnregistered,
                value,
                deduplicate,
                repetitionWindow,
                trackEvents,
                heartbeatTimeout,
                decodeOptions,
                clock);
    }

    /** Leaves repeated cues out; splice_null and bandwidth_reservation are never repetitions. */
    public Scte35Options deduplicating(Duration window) {
        return new Scte35Options(
                acceptUnregistered, privateStreams, true, window, trackEvents, heartbeatTimeout, decodeOptions, clock);
    }

    /** Sets {@code trackEvents}. */
    public Scte35Options trackEvents(boolean value) {
        return new Scte35Options(
                acceptUnregistered,
                privateStreams,
                deduplicate,
                repetitionWindow,
                value,
                heartbeatTimeout,
                decodeOptions,
                clock);
    }

    /** Sets {@code heartbeatTimeout}; SCTE 35 suggests an alarm after 10 minutes without a splice_null. */
    public Scte35Options heartbeatTimeout(@Nullable Duration value) {
        return new Scte35Options(
                acceptUnregistered,
                privateStreams,
                deduplicate,
                repetitionWindow,
                trackEvents,
                value,
                decodeOptions,
                clock);
    }

    /** Sets {@code decodeOptions}. */
    public Scte35Options decodeOptions(DecodeOptions value) {
        return new Scte35Options(
                acceptUnregistered,
                privateStreams,
                deduplicate,
                repetitionWindow,
                trackEvents,
                heartbeatTimeout,
                value,
                clock);
    }

    /** Sets {@code clock}. */
    public Scte35Options clock(Clock value) {
        return new Scte35Options(
                acceptUnregistered,
                privateStreams,
                deduplicate,
                repetitionWindow,
                trackEvents,
                heartbeatTimeout,
                decodeOptions,
                value);
    }
}
