// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

/**
 * Is notified of the changes of streams, one at a time for each name and in their order. The registry holds the name
 * meanwhile: a method returns at once and calls no method of the registry.
 */
public interface StreamWatch {
    /** Does nothing. */
    StreamWatch NONE = new StreamWatch() {
        @Override
        public void published(LiveStream stream, StreamSource source, String before) {}

        @Override
        public void unpublished(LiveStream stream, StreamSource source, String before) {}

        @Override
        public void replaced(LiveStream stream, StreamSource silent, StreamSource source) {}

        @Override
        public void played(LiveStream stream, StreamSink sink, String before) {}

        @Override
        public void left(LiveStream stream, StreamSink sink, String before) {}
    };

    /** Is called when a stream gets a publisher; {@code before} is the {@link LiveStream#state} until then. */
    void published(LiveStream stream, StreamSource source, String before);

    /** Is called when the publisher of a stream has disconnected or was replaced. */
    void unpublished(LiveStream stream, StreamSource source, String before);

    /** Is called after a silent publisher was replaced by another one. */
    void replaced(LiveStream stream, StreamSource silent, StreamSource source);

    /** Is called when a stream gets a player. */
    void played(LiveStream stream, StreamSink sink, String before);

    /** Is called when a stream loses a player. */
    void left(LiveStream stream, StreamSink sink, String before);
}
