// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/** Writes down in which order a channel asks its receive allocator. */
final class RecordingAllocator implements RecvByteBufAllocator {
    private final RecvByteBufAllocator delegate;
    private final StringBuffer calls = new StringBuffer();

    RecordingAllocator(RecvByteBufAllocator delegate) {
        this.delegate = delegate;
    }

    String calls() {
        return calls.toString();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new RecordingHandle((ExtendedHandle) delegate.newHandle());
    }

    private final class RecordingHandle implements ExtendedHandle {
        private final ExtendedHandle handle;

        RecordingHandle(ExtendedHandle handle) {
            this.handle = handle;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            calls.append("allocate ");
            return handle.allocate(allocator);
        }

        @Override
        public int guess() {
            return handle.guess();
        }

        @Override
        public void reset(ChannelConfig config) {
            calls.append("reset ");
            handle.reset(config);
        }

        @Override
        public void incMessagesRead(int messages) {
            calls.append("inc ");
            handle.incMessagesRead(messages);
        }

        @Override
        public void lastBytesRead(int bytes) {
            calls.append("last").append(bytes).append(' ');
            handle.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return handle.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            calls.append("attempted ");
            handle.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return handle.attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return handle.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return handle.continueReading(maybeMore);
        }

        @Override
        public void readComplete() {
            calls.append("complete ");
            handle.readComplete();
        }
    }
}
