// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import org.jspecify.annotations.Nullable;

/**
 * A message with the metadata that SRT has for it ({@code SRT_MSGCTRL}). Write an {@code SrtMessage} to set a source
 * time, a time to live or the order. Set {@link SrtChannelOption#RECEIVE_MESSAGES} to receive {@code SrtMessage}s
 * instead of plain {@link ByteBuf}s. Releasing a message releases its buffer; the channel releases the messages that it
 * writes.
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

    /** Creates a message to send now, without a time to live. Takes ownership of the buffer. */
    public SrtMessage(ByteBuf content) {
        this(content, 0, NO_LIMIT, false);
    }

    /**
     * Creates a message to send. Takes ownership of the buffer.
     *
     * @param sourceTimeMicros when the message was made, in microseconds of {@link
     *     io.github.srtnetty.libsrt.Srt#timeNowMicros}; not before the connection began; 0: now. Live mode only
     * @param timeToLiveMillis the time in milliseconds after which the sender drops the message; {@link #NO_LIMIT}:
     *     never. In live mode libsrt drops it from its send buffer. In file mode the channel drops it before libsrt
     *     takes it, because libsrt 1.5.7 may never close a socket with expired messages; the write fails with an {@link
     *     SrtMessageExpiredException}
     * @param inOrder whether the peer delivers the message only after all earlier messages. File mode with messages
     *     only
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
     * Returns when the message was made, in microseconds of this host's SRT clock; 0: unknown, or now. For a received
     * message it is the time at which it was due here, which is later by the latency. A relay that writes the message
     * on therefore keeps its pace.
     */
    public long sourceTimeMicros() {
        return sourceTimeMicros;
    }

    /**
     * Returns the milliseconds after which the sender drops the message; {@link #NO_LIMIT}: never, or a received
     * message.
     */
    public int timeToLiveMillis() {
        return timeToLiveMillis;
    }

    /** Returns whether the peer delivers the message only after all earlier messages. */
    public boolean isInOrder() {
        return inOrder;
    }

    /** Returns the message number that the sender assigned: 26 bits, from 1; -1 if this is not a received message. */
    public int messageNumber() {
        return messageNumber;
    }

    /** Returns the sequence number of the message's last packet: 31 bits; -1 if this is not a received message. */
    public int packetSequence() {
        return packetSequence;
    }

    /**
     * Returns when the channel drops the message, on the clock of its loop; null if libsrt does it, or nothing drops
     * it.
     */
    @Nullable
    Long deadlineNanos() {
        return deadlineNanos;
    }

    /** Returns this message with the same buffer; the channel drops it at {@code nanos}. */
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
