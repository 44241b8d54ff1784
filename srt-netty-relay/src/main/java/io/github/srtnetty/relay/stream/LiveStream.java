// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is published, pulled or played. {@link Streams} changes source and sinks, one change at a time for each
 * name; the source's thread sends through the stream meanwhile.
 */
public final class LiveStream implements Intake {
    /** The {@link #state} without publisher and players. */
    public static final String IDLE = "idle";

    /** The {@link #state} with players only. */
    public static final String WAITING = "waiting";

    /** The {@link #state} with a publisher. */
    public static final String LIVE = "live";

    /** The state of a stream whose publisher sends nothing, which {@link #state} does not look for. */
    public static final String SILENT = "silent";

    private final String name;
    private final TrafficCounters counters;
    private final FanOut<StreamSink> fanOut = new FanOut<>();
    private volatile @Nullable StreamSource source;
    private final AtomicInteger pulling = new AtomicInteger();
    /** Written by one change at a time. */
    private CompletableFuture<Void> earlierEnded = CompletableFuture.completedFuture(null);

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

    /** Returns the current players and nodes that pull; the list follows the changes. */
    public List<StreamSink> sinks() {
        return fanOut.sinks();
    }

    /** Returns the number of players, without nodes that pull. */
    public int players() {
        return Math.max(0, fanOut.sinks().size() - pulling.get());
    }

    /** Returns the publisher, or the node from which the stream is pulled; null if there is none. */
    public @Nullable StreamSource source() {
        return source;
    }

    /** Returns whether it has a publisher or players, from memory: {@link #LIVE}, {@link #WAITING} or {@link #IDLE}. */
    public String state() {
        return source != null ? LIVE : fanOut.sinks().isEmpty() ? IDLE : WAITING;
    }

    /** Returns whether there is a connected publisher that has recently sent data. */
    public boolean isLive() {
        StreamSource current = source;
        return current != null && !current.hasLeft() && !current.isSilent(System.nanoTime());
    }

    /** Returns whether there is a connected publisher of this node that has recently sent data. */
    public boolean isPublished() {
        StreamSource current = source;
        return current != null && !current.isPull() && isLive();
    }

    /**
     * Returns a future that completes when the sources that have left or were replaced so far have delivered their last
     * payload: the next one passes its first payload on after that. For the maker of {@link Streams#publish}.
     */
    public CompletableFuture<Void> earlierEnded() {
        return earlierEnded;
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

    /** Makes a source the current one; there is none yet, or the one before has been retired. */
    void source(StreamSource first) {
        source = first;
    }

    /** Makes room for another source; the current one may still deliver its data. */
    void retireSource() {
        StreamSource current = source;
        if (current != null) {
            source = null;
            earlierEnded =
                    earlierEnded.isDone() ? current.ended() : CompletableFuture.allOf(earlierEnded, current.ended());
        }
    }

    void add(StreamSink sink) {
        if (sink.isPull()) {
            pulling.incrementAndGet();
        }
        fanOut.add(sink);
    }

    void remove(StreamSink sink) {
        if (fanOut.remove(sink) && sink.isPull()) {
            pulling.decrementAndGet();
        }
    }

    /** Removes the nodes that pull the stream, and returns them. */
    List<StreamSink> removePulls() {
        List<StreamSink> pulls =
                fanOut.sinks().stream().filter(StreamSink::isPull).toList();
        pulls.forEach(this::remove);
        return pulls;
    }

    /** Returns whether there is no source, and those before have delivered what they had. */
    boolean isOver() {
        return source == null && earlierEnded.isDone();
    }

    boolean isUnused() {
        return isOver() && fanOut.sinks().isEmpty();
    }
}
