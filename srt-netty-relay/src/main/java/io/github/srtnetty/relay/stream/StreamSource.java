// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

/** The source of a {@link LiveStream}: a publisher, or another node from which the stream is pulled. Any thread. */
public interface StreamSource extends Source {
    /** Returns the connection of the publisher, or to the other node. */
    Connection connection();

    /** Returns whether the stream is pulled from another node: it gives way to a publisher of this one. */
    default boolean isPull() {
        return connection().node() != null;
    }

    /** Returns whether the publisher has left; what it sent before may still be delivered. */
    boolean hasLeft();

    /** Returns whether the source has sent nothing for so long that another may take over its stream. */
    boolean isSilent(long nowNanos);

    /** Returns whether the source has sent nothing for a time in milliseconds, although something could have come. */
    boolean isSilentFor(long millis, long nowNanos);

    /** Closes the source because another took over its stream. */
    void replacedBy(StreamSource other);
}
