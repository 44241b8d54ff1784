// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cue;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.form.CueLine;
import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.stream.LiveStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Emits the cues of one publisher as events, within a limit: {@link #AT_ONCE} at once, then {@link #PER_SECOND}. One
 * thread.
 */
public final class CueEvents implements Consumer<Scte35Cue> {
    /** The descriptors of a break and its segments may arrive in this many cues. */
    static final int AT_ONCE = 10;

    /** Leaves room for the events of others if a publisher sends nothing but cues. */
    static final int PER_SECOND = 2;

    /** Nearly every cue is shorter; {@link EventBus} keeps thousands of events. */
    static final int MOST_BYTES = 256;

    private final EventBus bus;
    private final String stream;
    private final LineLimit limit = new LineLimit(AT_ONCE, PER_SECOND);

    /** Emits to a bus as events of a stream. */
    public CueEvents(EventBus bus, String stream) {
        this.bus = bus;
        this.stream = stream;
    }

    @Override
    public void accept(Scte35Cue cue) {
        long skipped = limit.tryLine(System.nanoTime());
        if (skipped == LineLimit.SKIP) {
            return;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("summary", CueLine.describe(cue));
        details.put("command", cue.section().command().name());
        details.put("pid", (long) cue.pid());
        details.put("program", (long) cue.programNumber());
        cue.preRollMillis().ifPresent(millis -> details.put("preRollMillis", millis));
        if (cue.section().bytes().length() <= MOST_BYTES) {
            details.put("cue", cue.section().toBase64());
        }
        details.put("skipped", skipped);
        bus.emit(EventKind.CUE, stream, LiveStream.LIVE, LiveStream.LIVE, details);
    }
}
