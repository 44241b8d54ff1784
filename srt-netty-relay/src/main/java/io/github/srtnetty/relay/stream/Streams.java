// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The registry of streams by name. A stream is in it as long as it has a source or a sink: changes of one name are
 * serialized by the map, so no sink joins a stream that is being removed. Any thread.
 */
public final class Streams {
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
    private final TrafficCounters total = new TrafficCounters(null);
    private final StreamWatch watch;

    /** Creates an empty registry. */
    public Streams() {
        this(StreamWatch.NONE);
    }

    /** Creates an empty registry, which notifies {@code watch} of each change. */
    public Streams(StreamWatch watch) {
        this.watch = watch;
    }

    /** Returns the sums over all streams, past ones too. */
    public TrafficCounters total() {
        return total;
    }

    /** Returns the current streams. */
    public Collection<LiveStream> all() {
        return streams.values();
    }

    /** Returns the stream with this name, null if it is neither published nor played. */
    public @Nullable LiveStream find(String name) {
        return streams.get(name);
    }

    /** Returns whether the stream has a source that has recently sent data. */
    public boolean isLive(String name) {
        LiveStream stream = streams.get(name);
        return stream != null && stream.isLive();
    }

    /** Returns whether the stream has a publisher of this node that has recently sent data. */
    public boolean isPublished(String name) {
        LiveStream stream = streams.get(name);
        return stream != null && stream.isPublished();
    }

    /**
     * Makes a publisher the source of a stream. A silent one is replaced and closed; one that has left, and a node from
     * which the stream is pulled, deliver what they have before the new one begins, see {@link
     * LiveStream#earlierEnded}.
     *
     * @param maker creates the source for its stream; called at most once
     * @return the source, null if the stream has a publisher already
     */
    public <S extends StreamSource> @Nullable S publish(String name, Function<LiveStream, S> maker) {
        AtomicReference<@Nullable S> made = new AtomicReference<>();
        AtomicReference<@Nullable StreamSource> replaced = new AtomicReference<>();
        streams.compute(name, (key, known) -> {
            LiveStream stream = known == null ? new LiveStream(name, total) : known;
            if (!stream.isPublished()) {
                StreamSource silent = retire(stream);
                S source = maker.apply(stream);
                String before = stream.state();
                made.set(source);
                stream.source(source);
                watch.published(stream, source, before);
                replaced.set(silent);
                if (silent != null && !silent.isPull()) {
                    watch.replaced(stream, silent, source);
                }
            }
            return stream;
        });
        S source = made.get();
        StreamSource before = replaced.get();
        if (source != null && before != null && !before.hasLeft()) {
            before.replacedBy(source);
        }
        return source;
    }

    /**
     * Makes another node the source of a stream that is played here and has no publisher. A node from which it was
     * pulled is replaced, and delivers what it has before. Nodes that pull the stream from this one are removed and
     * closed, so that payloads never pass through more than two nodes.
     *
     * @param maker creates the source for its stream; called at most once
     * @return the source, null if the stream has a publisher of this node, or neither players nor a source
     */
    public <S extends StreamSource> @Nullable S pull(String name, Function<LiveStream, S> maker) {
        AtomicReference<@Nullable S> made = new AtomicReference<>();
        List<StreamSink> removed = new ArrayList<>();
        streams.computeIfPresent(name, (key, stream) -> {
            StreamSource before = stream.source();
            if (before == null || before.isPull() || before.hasLeft()) {
                retire(stream);
                removed.addAll(stream.removePulls());
                S source = maker.apply(stream);
                String state = stream.state();
                made.set(source);
                stream.source(source);
                watch.published(stream, source, state);
            }
            return stream;
        });
        removed.forEach(StreamSink::finish);
        return made.get();
    }

    /**
     * Adds another node that pulls a stream to its sinks.
     *
     * @param maker creates the sink for its stream; called at most once
     * @return the sink, null if the stream has no publisher of this node
     */
    public <S extends StreamSink> @Nullable S feed(String name, Function<LiveStream, S> maker) {
        AtomicReference<@Nullable S> made = new AtomicReference<>();
        streams.computeIfPresent(name, (key, stream) -> {
            StreamSource source = stream.source();
            if (source != null && !source.isPull()) {
                S sink = maker.apply(stream);
                String before = stream.state();
                made.set(sink);
                stream.add(sink);
                watch.played(stream, sink, before);
            }
            return stream;
        });
        return made.get();
    }

    /**
     * Adds a sink to a stream.
     *
     * @param maker creates the sink for its stream; called once
     */
    public <S extends StreamSink> S play(String name, Function<LiveStream, S> maker) {
        AtomicReference<S> made = new AtomicReference<>();
        streams.compute(name, (key, known) -> {
            LiveStream stream = known == null ? new LiveStream(name, total) : known;
            S sink = maker.apply(stream);
            String before = stream.state();
            made.set(sink);
            stream.add(sink);
            watch.played(stream, sink, before);
            return stream;
        });
        return Objects.requireNonNull(made.get());
    }

    /**
     * Removes a source from its stream, unless another has replaced it: when its publisher has left, and again when all
     * that it sent is delivered. Nodes that pull the stream are closed then, if no other publisher has come.
     */
    public void leave(String name, StreamSource source) {
        List<StreamSink> pulls = new ArrayList<>();
        streams.computeIfPresent(name, (key, stream) -> {
            if (stream.source() == source) {
                retire(stream, LiveStream.LIVE);
            }
            if (stream.isOver()) {
                pulls.addAll(stream.removePulls());
            }
            return stream.isUnused() ? null : stream;
        });
        pulls.forEach(StreamSink::finish);
    }

    /** Removes a sink from its stream. */
    public void leave(String name, StreamSink sink) {
        streams.computeIfPresent(name, (key, stream) -> {
            String before = stream.state();
            stream.remove(sink);
            watch.left(stream, sink, before);
            return stream.isUnused() ? null : stream;
        });
    }

    /** Retires the source of a stream, and returns it where it has not left. */
    private @Nullable StreamSource retire(LiveStream stream) {
        StreamSource source = stream.source();
        boolean silent = source != null && !source.hasLeft();
        retire(stream, silent ? LiveStream.SILENT : LiveStream.LIVE);
        return silent ? source : null;
    }

    private void retire(LiveStream stream, String before) {
        StreamSource source = stream.source();
        stream.retireSource();
        if (source != null) {
            watch.unpublished(stream, source, before);
        }
    }
}
