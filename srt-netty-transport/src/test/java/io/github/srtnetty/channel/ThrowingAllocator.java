// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/** A receive allocator of which one call throws. */
final class ThrowingAllocator implements RecvByteBufAllocator {
    /** What throws. */
    enum Call {
        NEW_HANDLE,
        RESET,
        ALLOCATE,
        ATTEMPTED,
        LAST,
        INC,
        CONTINUE,
        COMPLETE
    }

    private final RecvByteBufAllocator delegate = new FixedRecvByteBufAllocator(2048);
    private final Call throwing;
    private final RuntimeException failure;

    ThrowingAllocator(Call throwing, RuntimeException failure) {
        this.throwing = throwing;
        this.failure = failure;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        called(Call.NEW_HANDLE);
        return new ThrowingHandle((ExtendedHandle) delegate.newHandle());
    }

    private void called(Call call) {
        if (call == throwing) {
            throw failure;
        }
    }

    private final class ThrowingHandle implements ExtendedHandle {
        private final ExtendedHandle handle;

        ThrowingHandle(ExtendedHandle handle) {
            this.handle = handle;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            called(Call.ALLOCATE);
            return handle.allocate(allocator);
        }

        @Override
        public int guess() {
            return handle.guess();
        }

        @Override
        public void reset(ChannelConfig config) {
            called(Call.RESET);
            handle.reset(config);
        }

        @Override
        public void incMessagesRead(int messages) {
            called(Call.INC);
            handle.incMessagesRead(messages);
        }

        @Override
        public void lastBytesRead(int bytes) {
            called(Call.LAST);
            handle.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return handle.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            called(Call.ATTEMPTED);
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
            called(Call.CONTINUE);
            return handle.continueReading(maybeMore);
        }

        @Override
        public void readComplete() {
            called(Call.COMPLETE);
            handle.readComplete();
        }
    }

    /** One whose handle is none that the transport can use. */
    static final class Plain implements RecvByteBufAllocator {
        @Override
        @SuppressWarnings("deprecation")
        public Handle newHandle() {
            return new PlainHandle();
        }
    }

    @SuppressWarnings("deprecation")
    private static final class PlainHandle implements RecvByteBufAllocator.Handle {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.directBuffer(2048);
        }

        @Override
        public int guess() {
            return 2048;
        }

        @Override
        public void reset(ChannelConfig config) {}

        @Override
        public void incMessagesRead(int messages) {}

        @Override
        public void lastBytesRead(int bytes) {}

        @Override
        public int lastBytesRead() {
            return 0;
        }

        @Override
        public void attemptedBytesRead(int bytes) {}

        @Override
        public int attemptedBytesRead() {
            return 0;
        }

        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public void readComplete() {}
    }

    /** A buffer allocator without memory. */
    static final class OfBuffers extends AbstractByteBufAllocator {
        private final Error failure;

        OfBuffers(Error failure) {
            super(true);
            this.failure = failure;
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw failure;
        }

        @Override
        public boolean isDirectBufferPooled() {
            return true;
        }
    }
}
