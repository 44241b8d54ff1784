// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits an input into lines without changing their bytes, which need not be UTF-8. A line ends with LF or CR LF, the
 * last one also with the input. One thread.
 */
final class ByteLines {
    /** More than a message can have with the send buffer that libsrt has by default, 12 MB. */
    static final int LONGEST = 16 << 20;

    private final InputStream in;
    private final int longest;

    /** Reads from {@code in}, which should be buffered. */
    ByteLines(InputStream in) {
        this(in, LONGEST);
    }

    ByteLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * Returns the next line without its end, null at the end of the input. Blocks until the line is there.
     *
     * @throws IOException also when a line is longer than 16 MiB
     */
    byte @Nullable [] next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean held = false; // a CR that may be part of the end
        int next = first;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (held) {
                line.write('\r');
            }
            held = next == '\r';
            if (!held) {
                line.write(next);
            }
            if (line.size() > longest) {
                throw new IOException("a line is longer than " + longest + " bytes");
            }
        }
        if (held && next < 0) {
            line.write('\r');
        }
        return line.toByteArray();
    }
}
