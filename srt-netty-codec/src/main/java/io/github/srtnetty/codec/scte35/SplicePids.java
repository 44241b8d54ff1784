// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.StreamType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the streams of a PMT that carry cues (SCTE 35 8.1).
 *
 * <pre>
 * stream_type  registered                     carries cues
 * any          "HDMV" in the program          no: 0x86 is DTS-HD there
 * 0x86         "CUEI" in program or stream    yes
 * 0x86         something else in the stream   no: it says what it is
 * 0x86         nothing                        yes, flagged; by option no
 * 0x06         "CUEI" in the stream           yes; by option no
 * 0x06         anything else                  no; by option searched
 * </pre>
 */
final class SplicePids {
    private SplicePids() {}

    /** One PID with cues; {@code isPrivate}: stream_type 0x06; {@code registered}: "CUEI" marks it. */
    record Found(int pid, boolean isPrivate, boolean registered) {}

    /** Returns the PIDs in the order of the table, each once. */
    static List<Found> of(Pmt pmt, Scte35Options options) {
        if (Descriptor.isRegistered(pmt.programInfo(), RegistrationDescriptor.HDMV)) {
            return List.of();
        }
        Map<Integer, Found> found = new LinkedHashMap<>();
        boolean program = Descriptor.isRegistered(pmt.programInfo(), RegistrationDescriptor.CUEI);
        for (Pmt.Stream stream : pmt.streams()) {
            boolean own = Descriptor.isRegistered(stream.esInfo(), RegistrationDescriptor.CUEI);
            if (stream.streamType() == StreamType.SCTE35) {
                boolean named = stream.esInfo().stream().anyMatch(RegistrationDescriptor.class::isInstance);
                if (program || own || (options.acceptUnregistered() && !named)) {
                    found.putIfAbsent(stream.elementaryPid(), new Found(stream.elementaryPid(), false, program || own));
                }
            } else if (stream.streamType() == StreamType.PRIVATE_PES && isWanted(own, options)) {
                found.putIfAbsent(stream.elementaryPid(), new Found(stream.elementaryPid(), true, own));
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isWanted(boolean registered, Scte35Options options) {
        return switch (options.privateStreams()) {
            case NONE -> false;
            case REGISTERED -> registered;
            case ALL -> true;
        };
    }
}
