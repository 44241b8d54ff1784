// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The iterator of an {@link SrtReceiver}. It releases each payload when its thread calls for the next one or closes the
 * receiver. One thread at a time.
 */
final class Payloads implements Iterator<ByteBuf> {
    /** Source that returns the next payload, or null at the end. */
    @FunctionalInterface
    interface Source {
        @Nullable
        ByteBuf receive() throws IOException;
    }

    private final Source source;
    private final Set<Payloads> lenders;
    private volatile @Nullable Thread owner;
    private @Nullable ByteBuf next;
    private @Nullable ByteBuf lent;

    /** Creates an iterator that adds itself to {@code lenders} while it holds a buffer. */
    Payloads(Source source, Set<Payloads> lenders) {
        this.source = source;
        this.lenders = lenders;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            release();
            try {
                next = source.receive();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (next != null) {
                owner = Thread.currentThread();
                lenders.add(this);
            }
        }
        return next != null;
    }

    @Override
    public ByteBuf next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the connection has ended");
        }
        ByteBuf payload = Objects.requireNonNull(next);
        release();
        lent = payload;
        next = null;
        owner = Thread.currentThread();
        lenders.add(this);
        return payload;
    }

    /** Releases the held payload if the calling thread is the one that iterates; another thread may still read it. */
    void closeOfOwner() {
        if (owner == Thread.currentThread()) {
            if (next != null) {
                next.release();
                next = null;
            }
            release();
        }
    }

    private void release() {
        lenders.remove(this);
        if (lent != null) {
            lent.release();
            lent = null;
        }
    }
}
