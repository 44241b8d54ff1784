// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is published or played. {@link Streams} changes source and sinks, one change at a time for each name;
 * the source's thread sends through the stream meanwhile.
 */
public final class LiveStream implements Intake {
    private final String name;
    private final TrafficCounters counters;
    private final FanOut<StreamSink> fanOut = new FanOut<>();
    private volatile @Nullable StreamSource source;

    LiveStream(String name, TrafficCounters whole) {
        this.name = name;
        counters = new TrafficCounters(whole);
    }

    public String name() {
        return name;
    }

    public TrafficCounters counters() {
        return counters;
    }

    /** Returns the current players; the list follows the changes. */
    public List<StreamSink> sinks() {
        return fanOut.sinks();
    }

    /** Returns the publisher, null if there is none. */
    public @Nullable StreamSource source() {
        return source;
    }

    /** Returns whether there is a publisher, and it has sent something lately. */
    public boolean isLive() {
        StreamSource current = source;
        return current != null && !current.isSilent(System.nanoTime());
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        counters.received(payload.readableBytes());
        fanOut.payload(payload, sourceTimeMicros);
    }

    @Override
    public void flush() {
        fanOut.flush();
    }

    void source(@Nullable StreamSource other) {
        source = other;
    }

    void add(StreamSink sink) {
        fanOut.add(sink);
    }

    void remove(StreamSink sink) {
        fanOut.remove(sink);
    }

    boolean isUnused() {
        return source == null && fanOut.sinks().isEmpty();
    }
}
