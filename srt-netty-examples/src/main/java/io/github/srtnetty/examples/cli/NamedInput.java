// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input whose failures name what cannot be read; those of the operating system give only the reason. */
public class NamedInput extends FilterInputStream {
    private final String what;

    /** Reads from {@code in}, which failures name as {@code what}. */
    public NamedInput(InputStream in, String what) {
        super(in);
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private IOException failure(IOException cause) {
        return Failures.because("cannot read " + what, cause);
    }
}
