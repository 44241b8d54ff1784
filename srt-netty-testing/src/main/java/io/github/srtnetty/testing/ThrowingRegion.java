// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import io.netty.channel.DefaultFileRegion;
import java.io.File;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A region of a file whose transfer throws. */
public final class ThrowingRegion extends DefaultFileRegion {
    private final Throwable failure;

    /** Creates one that throws {@code failure}: unchecked, or an {@link IOException}. */
    public ThrowingRegion(Throwable failure) {
        super(new File("none"), 0, 1000);
        this.failure = failure;
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        throw (IOException) failure;
    }
}
