// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import org.jspecify.annotations.Nullable;

/**
 * A message with what SRT knows of it besides its bytes ({@code SRT_MSGCTRL}). Write one to set a source time, a time
 * to live or the order; switch {@link SrtChannelOption#RECEIVE_MESSAGES} on to read them instead of plain {@link
 * ByteBuf}s. Releasing it releases the buffer.
 */
public final class SrtMessage extends DefaultByteBufHolder {
    /** No limit for {@link #timeToLiveMillis}. */
    public static final int NO_LIMIT = -1;

    private static final int NONE = -1;

    private final long sourceTimeMicros;
    private final int timeToLiveMillis;
    private final boolean inOrder;
    private final int messageNumber;
    private final int packetSequence;
    private final @Nullable Long deadlineNanos;

    /** Creates a message to send now, without a limit. Takes over the buffer. */
    public SrtMessage(ByteBuf content) {
        this(content, 0, NO_LIMIT, false);
    }

    /**
     * Creates a message to send. Takes over the buffer.
     *
     * @param sourceTimeMicros when it was made, in microseconds of {@link io.github.srtnetty.libsrt.Srt#timeNowMicros},
     * not
     *     before the connection was; 0: now. Live mode only
     * @param timeToLiveMillis after how long the sender gives it up; {@link #NO_LIMIT}: never. In live mode libsrt
     *     drops it from its buffer. In file mode the channel does so before libsrt has it, and fails the write with an
     *     {@link SrtMessageExpiredException}: libsrt 1.5.7 may never close a socket with expired messages
     * @param inOrder whether it may not overtake messages that are missing. File mode with messages only
     */
    public SrtMessage(ByteBuf content, long sourceTimeMicros, int timeToLiveMillis, boolean inOrder) {
        this(content, sourceTimeMicros, timeToLiveMillis, inOrder, NONE, NONE);
    }

    /** Creates a message that was received. */
    SrtMessage(
            ByteBuf content,
            long sourceTimeMicros,
            int timeToLiveMillis,
            boolean inOrder,
            int messageNumber,
            int packetSequence) {
        this(content, sourceTimeMicros, timeToLiveMillis, inOrder, messageNumber, packetSequence, null);
    }

    private SrtMessage(
            ByteBuf content,
            long sourceTimeMicros,
            int timeToLiveMillis,
            boolean inOrder,
            int messageNumber,
            int packetSequence,
            @Nullable Long deadlineNanos) {
        super(content);
        if (sourceTimeMicros < 0 || timeToLiveMillis < NO_LIMIT) {
            throw new IllegalArgumentException("source time " + sourceTimeMicros + " us, time to live "
                    + timeToLiveMillis + " ms: must be 0 or more, and -1 or more");
        }
        this.sourceTimeMicros = sourceTimeMicros;
        this.timeToLiveMillis = timeToLiveMillis;
        this.inOrder = inOrder;
        this.messageNumber = messageNumber;
        this.packetSequence = packetSequence;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Returns when it was made, in microseconds of this host's SRT clock; of a received one when it was due here, that
     * is the latency later, so that a relay that writes it on keeps its pace. 0: unknown, or now.
     */
    public long sourceTimeMicros() {
        return sourceTimeMicros;
    }

    /**
     * Returns after how many milliseconds the sender gives it up, {@link #NO_LIMIT} for never and for received ones.
     */
    public int timeToLiveMillis() {
        return timeToLiveMillis;
    }

    /** Returns whether it may not overtake others. */
    public boolean isInOrder() {
        return inOrder;
    }

    /** Returns the number that the sender gave it, from 1, 26 bits; -1 where it was not received. */
    public int messageNumber() {
        return messageNumber;
    }

    /** Returns the sequence number of its last packet, 31 bits; -1 where it was not received. */
    public int packetSequence() {
        return packetSequence;
    }

    /** Returns when the channel gives it up, in the time of its loop; null where libsrt does, or nobody. */
    @Nullable
    Long deadlineNanos() {
        return deadlineNanos;
    }

    /** Returns this message, with the same buffer, which the channel gives up at {@code nanos}. */
    SrtMessage expiringAt(long nanos) {
        return with(content(), nanos);
    }

    private SrtMessage with(ByteBuf content, @Nullable Long deadline) {
        return new SrtMessage(
                content, sourceTimeMicros, timeToLiveMillis, inOrder, messageNumber, packetSequence, deadline);
    }

    @Override
    public SrtMessage copy() {
        return (SrtMessage) super.copy();
    }

    @Override
    public SrtMessage duplicate() {
        return (SrtMessage) super.duplicate();
    }

    @Override
    public SrtMessage retainedDuplicate() {
        return (SrtMessage) super.retainedDuplicate();
    }

    @Override
    public SrtMessage replace(ByteBuf content) {
        return with(content, deadlineNanos);
    }

    @Override
    public SrtMessage retain() {
        super.retain();
        return this;
    }

    @Override
    public SrtMessage retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public SrtMessage touch() {
        super.touch();
        return this;
    }

    @Override
    public SrtMessage touch(@Nullable Object hint) {
        super.touch(hint);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SrtMessage that
                && super.equals(other)
                && sourceTimeMicros == that.sourceTimeMicros
                && timeToLiveMillis == that.timeToLiveMillis
                && inOrder == that.inOrder
                && messageNumber == that.messageNumber
                && packetSequence == that.packetSequence;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + messageNumber;
    }

    @Override
    public String toString() {
        return "SrtMessage[number " + messageNumber + ", packet " + packetSequence + ", source time " + sourceTimeMicros
                + " us, " + contentToString() + ']';
    }
}
